"""Verbs on many members as background jobs: each member in a transaction of its own, with what became of it."""

from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from users.masking import mask_name
from users.models import BulkPlan, User
from users.models.bulk_plan import rows_of
from users.models.status import VerbRefusedError
from users.verbs import VERBS, Verb
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.jobs.errors import JobFailedError
from ygs_admin.jobs.kinds import JobKind, Step, register_kind
from ygs_admin.jobs.models import Job, JobItem, Outcome
from ygs_admin.jobs.run import Run
from ygs_admin.staff.models import Staff

from .planning import Forecast, foresee

FORESEEN = {
    Forecast.CHANGED: Outcome.WAITING,
    Forecast.UNCHANGED: Outcome.UNCHANGED,
    Forecast.REFUSED: Outcome.REFUSED,
}


def register_bulk_kinds() -> None:
    """Make a kind of job of every verb: also of those that are only pressed to undo others."""
    for verb in VERBS.values():
        register_kind(
            JobKind(
                kind_key(verb),
                format_lazy(gettext_lazy("Members: {verb}"), verb=verb.label),
                verb.permission,
                partial(_run, verb=verb),
                describe=_describe,
                steps=_steps,
                subject_url=_member_url,
            )
        )


def kind_key(verb: Verb) -> str:
    return f"users.bulk_{verb.key}"


def start(plan: BulkPlan, verb: Verb, *, by: Staff, reason: str) -> Job:
    """Start the job of a plan and return it; the one that there is where it was started before.

    Whom the dry run saw refused, or changed already, is settled with that from the beginning.
    """
    with transaction.atomic():
        plan.refresh_from_db(from_queryset=BulkPlan.objects.select_for_update())
        if plan.job_id:
            return Job.objects.get(pk=plan.job_id)
        job = Job.start(kind_key(verb), by=by, parameters={"reason": reason}, items=_items_of(plan, verb))
        plan.job_id = job.pk
        plan.save(update_fields=["job_id"])
    return job


def undo(job: Job, *, by: Staff) -> Job:
    """Start the job that presses the inverse on everybody whom this one changed, and return it; there is one at most.

    Whom somebody has changed since is left alone.
    """
    with transaction.atomic():
        Job.objects.select_for_update().get(pk=job.pk)
        if (started := undo_of(job)) is not None:
            return started
        done = job.items.filter(outcome=Outcome.DONE).order_by("position")
        items = [
            JobItem(subject_id=item.subject_id, subject_label=item.subject_label, version=item.version) for item in done
        ]
        return Job.start(kind_key(VERBS[verb_of(job).inverse]), by=by, parameters={"undoes": job.pk}, items=items)


def undo_of(job: Job) -> Job | None:
    """Return the job that takes this one back, None where there is none yet."""
    undoing: Job | None = Job.objects.of(job.staff).filter(parameters__undoes=job.pk).first()
    return undoing


def verb_of(job: Job) -> Verb:
    """Return the verb of a bulk job.

    Raises:
        KeyError: it is a job of another kind.
    """
    return {kind_key(verb): verb for verb in VERBS.values()}[job.kind]


def can_be_undone(job: Job, staff: Staff) -> bool:
    """Tell whether the inverse is this person's to press, asks for no reason, and there is something to undo."""
    inverse = VERBS[verb_of(job).inverse]
    return (
        job.is_finished
        and job.staff_id == staff.pk
        and "undoes" not in job.parameters
        and not inverse.needs_reason
        and staff.has_perm(inverse.permission)
        and job.items.filter(outcome=Outcome.DONE).exists()
    )


def _items_of(plan: BulkPlan, verb: Verb) -> Iterator[JobItem]:
    rows = list(plan.planned_rows())
    foreseen = {user_id: group for group in foresee(plan, verb) for user_id in group.user_ids}
    names = dict(User.all_objects.filter(pk__in=foreseen).values_list("pk", "name"))
    for row in rows:
        group = foreseen[row.user_id]
        yield JobItem(
            subject_id=row.user_id,
            subject_label=mask_name(names.get(row.user_id)),
            version=row.version,
            outcome=FORESEEN[group.forecast],
            message=group.why,
        )


def _run(run: Run, *, verb: Verb) -> None:
    for batch in run.items():
        _refuse_without_permission(run)
        for item in batch:
            with run.holding():
                run.settle(item, *_press(run, verb, item))


def _refuse_without_permission(run: Run) -> None:
    """Stop where the permission was taken away since the job began."""
    if not Job.objects.select_related("staff").get(pk=run.job.pk).is_allowed():
        raise JobFailedError(_("Whoever started the job may no longer do this."))


def _press(run: Run, verb: Verb, item: JobItem) -> tuple[Outcome, str]:
    """Press the verb on the row that was seen, in the transaction in which its outcome is noted."""
    is_undo = "undoes" in run.parameters
    row = User.all_objects.with_row_version().select_for_update(of=("self",)).filter(pk=item.subject_id).first()
    if row is None:
        return Outcome.REFUSED, _("This member is no longer there.")
    try:
        row.expect(item.version)
        changed = (is_undo or verb.would_change(row)) and verb.apply(
            row, run.staff, run.parameters.get("reason", ""), item.version
        )
    except RowConflictError:
        return Outcome.CONFLICT, _("Changed by somebody else meanwhile, and left as it is.")
    except VerbRefusedError as refusal:
        return Outcome.REFUSED, str(refusal)
    if not changed:
        return Outcome.UNCHANGED, ""
    # The version that the change has made: an undo meets this change, and none that came after.
    item.version = rows_of(User.all_objects.filter(pk=row.pk))[row.pk].version
    return Outcome.DONE, ""


def _describe(job: Job) -> str:
    if "undoes" in job.parameters:
        return _("Takes back an earlier job.")
    return str(job.parameters.get("reason", ""))


def _steps(job: Job, staff: Staff) -> list[Step]:
    if not can_be_undone(job, staff) or undo_of(job) is not None:
        return []
    return [Step(gettext_lazy("Undo"), reverse("users:bulk_undo", args=[job.pk]))]


def _member_url(user_id: str) -> str:
    return reverse("users:detail", args=[user_id])
