"""Introducing two members at once, outside the rhythm of the rounds."""

from django.db import transaction

from matching.engine.results import PairExplanation
from matching.models import IntroductionStatus, MatchHistory, Source
from matching.models.forbidden_pair import ordered
from users.models import Action, User
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .judging import current_round
from .obstacles import judge


def introduce_now(first: User, second: User, *, by: Staff) -> MatchHistory:
    """Introduce the two and return their introduction, in one transaction.

    A pair of them that waits in a round is taken for it, so that the round does not introduce them again; else a pair
    of no round is made. Staff may overrule what the two wish for, and nothing else.

    Raises:
        VerbRefusedError: one of the two may not be introduced now, or the pair is impossible or forbidden.
    """
    verdict = judge(first, second, current_round())
    if verdict.hindrances or verdict.explanation is None:
        raise VerbRefusedError(" ".join(verdict.hindrances))
    with transaction.atomic():
        pair = _waiting(first, second) or _made(first, second, verdict.explanation, by)
        if pair.status == IntroductionStatus.PROPOSED:
            pair.confirm(by=by)
        pair.introduce(by=by)
    return pair


def _waiting(first: User, second: User) -> MatchHistory | None:
    rows = MatchHistory.objects.unsent().of_pair(first.pk, second.pk).order_by("-created_at", "-id")
    found: MatchHistory | None = rows.first()
    return found


def _made(first: User, second: User, explanation: PairExplanation, by: Staff) -> MatchHistory:
    a, b = ordered(first.pk, second.pk)
    ways = (explanation.a_to_b, explanation.b_to_a) if a == first.pk else (explanation.b_to_a, explanation.a_to_b)
    pair = MatchHistory(
        user_a_id=a,
        user_b_id=b,
        status=IntroductionStatus.CONFIRMED,
        source=Source.MANUAL,
        matchmaker_id=by.pk,
        score=explanation.score,
        score_a_to_b=ways[0].score,
        score_b_to_a=ways[1].score,
        explanation=PairExplanation(explanation.score, *ways).as_json(),
    )
    pair.save()
    pair.record(Action.CREATE, by=by, source=Source.MANUAL)
    return pair
