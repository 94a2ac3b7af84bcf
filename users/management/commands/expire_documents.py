"""End the approvals of documents whose last day is over."""

from django.utils.translation import gettext as _

from users.expiring import DOCUMENTS
from users.management.expiring import ExpiringCommand


class Command(ExpiringCommand):
    help = (
        "Let the approved documents expire whose last day is over, in Seoul. The queue does this daily by itself; "
        "this may be run at any time, and again. Exit code: 0 done, 2 the database failed."
    )
    expiring = DOCUMENTS

    def would(self) -> str:
        return _("%(lapsed)s documents would expire.")

    def did(self) -> str:
        return _("%(expired)s documents expired.")

    def stopped(self) -> str:
        return _("Stopped after %(expired)s documents: %(error)s. Run it again.")
