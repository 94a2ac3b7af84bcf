"""Writing what a run has found: all of it in one transaction, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.engine.results import LeftOut as LeftOutResult
from matching.engine.results import Pair, ProposedPair, RoundResult
from matching.models.forbidden_pair import ordered
from matching.models.introduction import MatchHistory
from matching.models.introduction_status import Source
from matching.models.left_out import LeftOut
from matching.models.week import MatchWeek, WeekStatus
from users.models import Action, UserAccessAudit
from ygs_admin.jobs.errors import JobFailedError
from ygs_admin.jobs.models import JobStatus
from ygs_admin.jobs.run import Run
from ygs_admin.staff.models import Staff

from .chunks import batches

AT_ONCE = 1000
NAMED_AT_ONCE = 10_000
"""How many members one row of the access record names at most."""
PAIR = ("match_week", "user_a", "user_b")
SCORES = ("score", "score_a_to_b", "score_b_to_a", "explanation", "updated_at")
PROPOSAL = (
    "status",
    "source",
    "is_pinned",
    "matchmaker_id",
    "a_response",
    "b_response",
    "closed_at",
    "close_reason",
    "deleted_at",
)
"""What makes a row that the pair has in this round already, dropped or canceled, a fresh proposal."""


def write_round(run: Run, week: MatchWeek, result: RoundResult) -> None:
    """Replace what the last run proposed, and end the job.

    Pairs that staff had a hand in stay what they are. The job is looked at last, so that whoever cancels it need not
    wait for the writing: a run that was canceled or lost in the meantime is rolled back.
    """
    with transaction.atomic():
        row = week.locked()
        if row.status != WeekStatus.GENERATING:
            raise JobFailedError(_("Somebody has changed the round meanwhile. Run it again."))
        _replace_pairs(row, result.pairs)
        _replace_left_out(row, result.left_out)
        row.summary, row.generated_at, row.status = result.summary, timezone.now(), WeekStatus.REVIEW
        row.save()
        _record(row, run.staff, result.pairs, job=run.job.pk)
        with run.holding():
            run.advance(done=len(result.pairs) - run.job.done_count)
            run.flush()
            run.leave_if_canceled()
            run.finish(JobStatus.DONE)


def _replace_pairs(week: MatchWeek, pairs: Iterable[ProposedPair]) -> None:
    """Drop the former proposals in one statement, and insert the new ones, or make rows that are there such.

    The round is locked and marked as running: no row that is not to stay can become one that is until the commit.
    """
    rows = MatchHistory.objects.of_week(week)
    kept = set(rows.kept().values_list("user_a_id", "user_b_id"))
    fixed = kept | _introduced(week)
    rows.unsent().exclude(pk__in=rows.kept().values("pk")).update(deleted_at=timezone.now())
    _upsert(week, (pair for pair in pairs if _ids(pair) not in fixed), (*PROPOSAL, *SCORES))
    _upsert(week, (pair for pair in pairs if _ids(pair) in kept), SCORES)


def _introduced(week: MatchWeek) -> set[Pair]:
    """Return the pairs of this round that were introduced already, one by one."""
    introduced = MatchHistory.all_objects.of_week(week).ever_introduced()
    return set(introduced.values_list("user_a_id", "user_b_id"))


def _upsert(week: MatchWeek, pairs: Iterable[ProposedPair], columns: Iterable[str]) -> None:
    now = timezone.now()
    for batch in batches(pairs, AT_ONCE):
        MatchHistory.all_objects.bulk_create(
            [_row(week, pair, now) for pair in batch],
            update_conflicts=True,
            unique_fields=PAIR,
            update_fields=list(columns),
        )


def _row(week: MatchWeek, pair: ProposedPair, now: datetime) -> MatchHistory:
    a, b = _ids(pair)
    directions = (pair.explanation.a_to_b, pair.explanation.b_to_a)
    first, second = directions if a == pair.a else reversed(directions)
    return MatchHistory(
        match_week=week,
        user_a_id=a,
        user_b_id=b,
        source=Source.ENGINE,
        score=pair.score,
        score_a_to_b=first.score,
        score_b_to_a=second.score,
        explanation=asdict(replace(pair.explanation, a_to_b=first, b_to_a=second)),
        updated_at=now,
    )


def _ids(pair: ProposedPair) -> Pair:
    return ordered(pair.a, pair.b)


def _replace_left_out(week: MatchWeek, left_out: Iterable[LeftOutResult]) -> None:
    LeftOut.objects.of_week(week).delete()
    for batch in batches(left_out, AT_ONCE):
        LeftOut.objects.bulk_create(
            LeftOut(
                week=week,
                user_id=member.id,
                reason=member.reason,
                remaining=[list(step) for step in member.remaining],
                best_score=member.best_score,
            )
            for member in batch
        )


def _record(week: MatchWeek, by: Staff, pairs: Sequence[ProposedPair], *, job: str) -> None:
    """Note whom the run has matched: one row, or few where they are very many."""
    about = {"job": job, "pairs": len(pairs)}
    for batch in batches((user_id for pair in pairs for user_id in (pair.a, pair.b)), NAMED_AT_ONCE):
        UserAccessAudit.record(
            Action.MATCH,
            by=by,
            resource_type=MatchWeek._meta.db_table,
            resource_id=week.pk,
            detail=about | {"user_ids": list(dict.fromkeys(batch))},
        )
