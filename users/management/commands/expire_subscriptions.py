"""End the subscriptions whose period is over."""

from django.utils.translation import gettext as _

from users.expiring import SUBSCRIPTIONS
from users.management.expiring import ExpiringCommand


class Command(ExpiringCommand):
    help = (
        "End the active subscriptions whose period is over. The queue does this daily by itself; "
        "this may be run at any time, and again. Exit code: 0 done, 2 the database failed."
    )
    expiring = SUBSCRIPTIONS

    def would(self) -> str:
        return _("%(lapsed)s subscriptions would expire.")

    def did(self) -> str:
        return _("%(expired)s subscriptions expired.")

    def stopped(self) -> str:
        return _("Stopped after %(expired)s subscriptions: %(error)s. Run it again.")
