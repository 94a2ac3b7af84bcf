"""Writing what a run has found: all of it in one transaction, or nothing."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.engine.phases import Phases
from matching.engine.results import LeftOut as LeftOutResult
from matching.engine.results import Pair, ProposedPair, RoundResult
from matching.models.introduction import MatchHistory
from matching.models.introduction_status import IntroductionStatus, Response, Source
from matching.models.left_out import LeftOut
from matching.models.week import MatchWeek, WeekStatus
from users.models import Action, UserAccessAudit
from ygs_admin.db.ids import new_id
from ygs_admin.db.routing import PRIMARY
from ygs_admin.jobs.errors import JobFailedError
from ygs_admin.jobs.models import JobStatus
from ygs_admin.jobs.run import Run
from ygs_admin.staff.models import Staff

from .chunks import batches

AT_ONCE = 1000
NAMED_AT_ONCE = 10_000
"""How many members one row of the access record names at most."""
# A row that the pair has in this round already, dropped or canceled, becomes a fresh proposal. The time is an untyped
# literal, so that it means the same in a column with and without a zone.
PROPOSE = """
    INSERT INTO match_histories (
        id, user_a_id, user_b_id, score, score_a_to_b, score_b_to_a, explanation,
        match_week_id, status, source, is_pinned, a_response, b_response, created_at
    )
    SELECT id, a, b, score, a_to_b, b_to_a, explanation,
        %(week)s, %(status)s, %(source)s, false, %(response)s, %(response)s, %(now)s
    FROM jsonb_to_recordset(%(pairs)s::jsonb) AS new (
        id varchar, a varchar, b varchar, score float8, a_to_b float8, b_to_a float8, explanation jsonb
    )
    ON CONFLICT (match_week_id, user_a_id, user_b_id) DO UPDATE SET
        score = excluded.score, score_a_to_b = excluded.score_a_to_b, score_b_to_a = excluded.score_b_to_a,
        explanation = excluded.explanation, status = excluded.status, source = excluded.source, is_pinned = false,
        matchmaker_id = NULL, a_response = excluded.a_response, b_response = excluded.b_response,
        closed_at = NULL, close_reason = NULL, deleted_at = NULL, updated_at = %(now)s
"""
RESCORE = """
    UPDATE match_histories AS kept SET
        score = new.score, score_a_to_b = new.a_to_b, score_b_to_a = new.b_to_a, explanation = new.explanation,
        updated_at = %(now)s
    FROM jsonb_to_recordset(%(pairs)s::jsonb) AS new (
        a varchar, b varchar, score float8, a_to_b float8, b_to_a float8, explanation jsonb
    )
    WHERE kept.match_week_id = %(week)s AND kept.deleted_at IS NULL
      AND kept.user_a_id = new.a AND kept.user_b_id = new.b
"""


def write_round(run: Run, week: MatchWeek, result: RoundResult, phases: Phases) -> None:
    """Replace what the last run proposed, and end the job.

    Pairs that staff had a hand in stay what they are. The job is looked at last, so that whoever cancels it need not
    wait for the writing: a run that was canceled or lost in the meantime is rolled back.
    """
    with transaction.atomic():
        row = week.locked()
        if row.status != WeekStatus.GENERATING:
            raise JobFailedError(_("Somebody has changed the round meanwhile. Run it again."))
        with phases.phase("writing"):
            _replace_pairs(row, result.pairs)
            _replace_left_out(row, result.left_out)
        row.summary = result.summary | {"phases": result.summary.get("phases", {}) | phases.measured}
        row.generated_at, row.status = timezone.now(), WeekStatus.REVIEW
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
    _write(PROPOSE, week, (pair for pair in pairs if (pair.a, pair.b) not in fixed))
    _write(RESCORE, week, (pair for pair in pairs if (pair.a, pair.b) in kept))


def _introduced(week: MatchWeek) -> set[Pair]:
    """Return the pairs of this round that were introduced already, one by one."""
    introduced = MatchHistory.all_objects.of_week(week).ever_introduced()
    return set(introduced.values_list("user_a_id", "user_b_id"))


def _write(statement: str, week: MatchWeek, pairs: Iterable[ProposedPair]) -> None:
    """Run a statement on so many pairs at a time: as one JSON value, which costs a tenth of instances."""
    always = {
        "week": week.pk,
        "status": IntroductionStatus.PROPOSED.value,
        "source": Source.ENGINE.value,
        "response": Response.PENDING.value,
        "now": timezone.now().astimezone(UTC).isoformat(sep=" "),
    }
    with connections[PRIMARY].cursor() as cursor:
        for batch in batches(pairs, AT_ONCE):
            cursor.execute(statement, always | {"pairs": json.dumps([_as_json(pair) for pair in batch])})


def _as_json(pair: ProposedPair) -> dict[str, Any]:
    return {
        "id": new_id("mh"),
        "a": pair.a,
        "b": pair.b,
        "score": pair.score,
        "a_to_b": pair.explanation.a_to_b.score,
        "b_to_a": pair.explanation.b_to_a.score,
        "explanation": pair.explanation.as_json(),
    }


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
