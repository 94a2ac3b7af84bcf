"""What matching adds to the first page."""

from users.today.board import add_card, add_panel

from .after_meetings import FEEDBACK, INCIDENTS
from .answers import ANSWERS
from .consultations import CONSULTATIONS
from .introductions import INTRODUCTIONS_BY_WEEK
from .this_week import THIS_WEEK


def add_to_board() -> None:
    add_card(THIS_WEEK, before="ending")
    add_card(ANSWERS, before="ending")
    add_card(FEEDBACK, before="ending")
    add_card(INCIDENTS, before="ending")
    add_panel(CONSULTATIONS, before="sign_ups_by_week")
    add_panel(INTRODUCTIONS_BY_WEEK, before="sign_ups_by_week")
