"""The introductions that wait for answers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from matching.models import MatchHistory
from users.today.card import Card, Figure, counted, overdue
from ygs_admin.staff.models import Staff


def _answers(staff: Staff) -> Figure:
    late = overdue(MatchHistory.objects.overdue())
    waiting = MatchHistory.objects.awaiting_answer()
    return Figure(counted(waiting), late, _of_longest_waiting(waiting), is_late=bool(late))


def _of_longest_waiting(waiting: Any) -> str:
    """Return the answers of the round in which somebody has waited longest; the rounds where all are of none."""
    week_id = waiting.exclude(match_week=None).order_by("introduced_at").values_list("match_week", flat=True).first()
    return reverse("matching:week_answers", args=[week_id]) if week_id else reverse("matching:weeks")


ANSWERS = Card("answers", gettext_lazy("Answers outstanding"), "matching.view_matchhistory", _answers)
