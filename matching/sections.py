"""What matching adds to a member's page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from users.models import User
from users.sections import Section

from .models import ConsultSchedule, MatchHistory, PastIntroduction

SHOWN = 50


def _introductions(user: User) -> dict[str, Any]:
    introductions = list(MatchHistory.objects.of_member(user.pk)[:SHOWN])
    for introduction in introductions:
        introduction.partner = introduction.partner_of(user.pk)
        is_first = introduction.user_a_id == user.pk
        answers = introduction.get_a_response_display(), introduction.get_b_response_display()
        introduction.own_answer, introduction.partners_answer = answers if is_first else reversed(answers)
    return {"introductions": introductions, "past": list(PastIntroduction.objects.of_member(user.pk)[:SHOWN])}


def _consultations(user: User) -> dict[str, Any]:
    return {"consultations": list(ConsultSchedule.objects.of_member(user.pk)[:SHOWN])}


INTRODUCTIONS = Section(
    "introductions",
    _("Introductions"),
    "matching/sections/introductions.html",
    "matching.view_matchhistory",
    _introductions,
)
CONSULTATIONS = Section(
    "consultations",
    _("Consultations"),
    "matching/sections/consultations.html",
    "matching.view_consultschedule",
    _consultations,
)
