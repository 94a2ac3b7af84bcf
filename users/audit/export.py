"""The export of the access record, in the background: what the audit screen finds, oldest first, as it was kept."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from users.interchange.formats import FORMATS, Cell, Rows
from users.models import Action, UserAccessAudit
from ygs_admin.db.replication.position import Position
from ygs_admin.db.routing import committed_so_far, reading_from_replica
from ygs_admin.jobs.errors import JobFailedError
from ygs_admin.jobs.kinds import JobKind, register_kind
from ygs_admin.jobs.models import Job
from ygs_admin.jobs.run import Run
from ygs_admin.jobs.scratch import scratch_folder
from ygs_admin.staff.models import Staff

from .filter import AuditFilter

KEY = "audit_export"
PERMISSION = "users.export_useraccessaudit"
LONGEST_REASON = 500
# Rows that are read, recorded and written together.
PAGE_SIZE = 1000
COLUMNS = (
    "id",
    "created_at",
    "actor_id",
    "actor_name",
    "action",
    "user_id",
    "resource_type",
    "resource_id",
    "reason",
    "ip_address",
    "user_agent",
    "request_id",
    "detail",
)


class AuditExportForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea)
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(format_.key, format_.label) for format_ in FORMATS.values()],
        initial="csv",
        widget=forms.RadioSelect,
    )


def start_audit_export(*, by: Staff, asked: AuditFilter, form: AuditExportForm) -> Job:
    """Put into the queue the export of whatever the filters find when it is run."""
    return Job.start(KEY, by=by, parameters=form.cleaned_data | {"filters": asked.asked()})


def export_audit(run: Run) -> None:
    """Write the file page by page, then keep it. Cut short, it begins anew: nothing of it has left by then."""
    format_ = FORMATS[run.parameters["format"]]
    asked = _asked(run)
    file_name = f"audit-{timezone.localtime(run.job.created_at):%Y%m%d-%H%M}.{format_.key}"
    with scratch_folder() as folder, (folder / "audit").open("w+b") as file:
        with format_.open(file, with_bom=True) as rows:
            rows.add(COLUMNS)
            for page in _pages(asked):
                if not format_.takes(run.job.done_count + len(page)):
                    _refuse_too_many()
                _write(run, asked, rows, page, file_name)
                run.leave_if_canceled()
        file.seek(0)
        run.keep_file(file, filename=file_name, content_type=format_.content_type)


def _asked(run: Run) -> AuditFilter:
    """Return the filters, none of which may have fallen away: without it the file would hold what nobody asked for."""
    asked = AuditFilter(run.parameters["filters"], reader=run.staff)
    if asked.asked() != run.parameters["filters"]:
        raise JobFailedError(_("These filters no longer mean what they did when the export was started."))
    return asked


def _pages(asked: AuditFilter) -> Iterator[list[UserAccessAudit]]:
    """Yield pages by key, from a replica that has seen whatever was committed when the export began.

    The first may be empty: that a file was made is recorded all the same. Rows that are written meanwhile are left out,
    those of this export among them: it would follow itself for ever.
    """
    until, seen = timezone.now(), committed_so_far()
    rows = asked.rows().filter(created_at__lte=until).order_by("created_at", "id")
    page = _read(rows, seen)
    yield page
    while len(page) == PAGE_SIZE:
        page = _read(rows.filter(asked.beyond(page[-1])), seen)
        yield page


def _read(rows: Any, seen: Sequence[Position]) -> list[UserAccessAudit]:
    with reading_from_replica(seen):
        return list(rows[:PAGE_SIZE])


def _write(run: Run, asked: AuditFilter, rows: Rows, page: list[UserAccessAudit], file_name: str) -> None:
    """Write a page, whose row of the record, naming everybody in it, is committed first."""
    subjects = dict.fromkeys(key for row in page for key in row.subjects)
    UserAccessAudit.record(
        Action.EXPORT,
        by=run.staff,
        resource_type=UserAccessAudit._meta.db_table,
        reason=run.parameters["reason"],
        detail={
            "file": file_name,
            "job": run.job.pk,
            "attempt": run.job.attempt,
            "asked": asked.recorded(),
            "count": len(page),
            "user_ids": list(subjects),
        },
    )
    for row in page:
        rows.add([_cell(getattr(row, column)) for column in COLUMNS])
    run.advance(done=len(page))


def _cell(value: Any) -> Cell:
    """Return a value as the file has it: times of Seoul, what a row keeps beside its columns as JSON."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return timezone.localtime(value).isoformat(sep=" ", timespec="seconds")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _refuse_too_many() -> None:
    message = _("An Excel sheet holds %(most)s rows. Export the record as CSV, or narrow it.")
    raise JobFailedError(message % {"most": number_format(FORMATS["xlsx"].most or 0, force_grouping=True)})


def _described(job: Job) -> str:
    return f"{FORMATS[job.parameters['format']].label} · {job.parameters['reason']}"


register_kind(JobKind(KEY, gettext_lazy("Export of the access record"), PERMISSION, export_audit, _described))
