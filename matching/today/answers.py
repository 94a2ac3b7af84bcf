"""The introductions that wait for answers."""

from django.utils.translation import gettext_lazy

from matching.models import MatchHistory
from users.today.card import Card, Figure, counted, overdue
from ygs_admin.staff.models import Staff


def _answers(staff: Staff) -> Figure:
    late = overdue(MatchHistory.objects.overdue())
    return Figure(counted(MatchHistory.objects.awaiting_answer()), late, is_late=bool(late))


ANSWERS = Card("answers", gettext_lazy("Answers outstanding"), "matching.view_matchhistory", _answers)
