"""Wait no longer for the answers whose deadline has passed."""

from django.utils.translation import gettext as _

from matching.rounds.expiring import INTRODUCTIONS
from users.management.expiring import ExpiringCommand


class Command(ExpiringCommand):
    help = (
        "Let introductions lapse that were not answered by their round's deadline. The queue does this hourly by "
        "itself; this may be run at any time, and again. Exit code: 0 done, 2 the database failed."
    )
    expiring = INTRODUCTIONS

    def would(self) -> str:
        return _("%(lapsed)s introductions would lapse.")

    def did(self) -> str:
        return _("%(expired)s introductions lapsed.")

    def stopped(self) -> str:
        return _("Stopped after %(expired)s introductions: %(error)s. Run it again.")
