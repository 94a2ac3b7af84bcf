"""The export of the members of a list, in the background."""

from typing import BinaryIO

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ygs_admin.jobs.errors import JobFailedError
from ygs_admin.jobs.kinds import JobKind, register_kind
from ygs_admin.jobs.models import Job
from ygs_admin.jobs.run import Run
from ygs_admin.jobs.scratch import scratch_folder
from ygs_admin.staff.models import Staff

from .filters import MemberFilter
from .forms.export import VALUES, ExportForm
from .interchange.columns import BY_NAME
from .interchange.exporting import Export
from .interchange.formats import FORMATS, Format
from .interchange.selection import ByFilter

KEY = "member_export"
PERMISSION = "users.export_user"
CONTACTS = "users.export_contacts"


def start_export(*, by: Staff, asked: MemberFilter, form: ExportForm) -> Job:
    """Put into the queue the export of whoever the filters find when it is run."""
    return Job.start(KEY, by=by, parameters=form.parameters | {"filters": asked.question()})


def export_members(run: Run) -> None:
    """Write the file page by page, then keep it. Cut short, it begins anew: nothing of it has left by then.

    The filters are asked anew under the permissions that who started it has now.
    """
    selection = ByFilter(_asked(run))
    format_ = FORMATS[run.parameters["format"]]
    count = selection.count()
    run.total(count)
    _refuse_too_many(format_, count)
    export = _export(run, selection)
    with scratch_folder() as folder, (folder / "members").open("w+b") as file:
        _write(run, export, format_, file)
        file.seek(0)
        run.keep_file(file, filename=export.file, content_type=format_.content_type)


def _asked(run: Run) -> MemberFilter:
    """Return the filters, none of which may have fallen away: without it the file would name others."""
    asked = MemberFilter(run.parameters["filters"], asker=run.staff)
    if asked.question() != run.parameters["filters"]:
        raise JobFailedError(_("These filters no longer mean what they did when the export was started."))
    return asked


def _write(run: Run, export: Export, format_: Format, file: BinaryIO) -> None:
    written = 0
    with format_.open(file, with_bom=True) as rows:
        for count in export.write(rows):
            run.advance(done=count - written)
            run.leave_if_canceled()
            _refuse_too_many(format_, count)
            written = count


def _export(run: Run, selection: ByFilter) -> Export:
    asked = run.parameters
    now = timezone.localtime(run.job.created_at)
    return Export(
        file=f"members-{now:%Y%m%d-%H%M}.{asked['format']}",
        reason=asked["reason"],
        actor=run.staff,
        selection=selection,
        columns=[BY_NAME[name] for name in asked["fields"]],
        language=None if asked["labels"] == VALUES else asked["labels"],
        with_contacts=run.staff.has_perm(CONTACTS),
        about={"job": run.job.pk, "attempt": run.job.attempt, "format": asked["format"]},
    )


def _refuse_too_many(format_: Format, count: int) -> None:
    if not format_.takes(count):
        message = _("%(count)s members do not fit on an Excel sheet. Export them as CSV, or narrow the list.")
        raise JobFailedError(message % {"count": number_format(count, force_grouping=True)})


def _described(job: Job) -> str:
    asked = job.parameters
    fields = ngettext("%(count)s field", "%(count)s fields", len(asked["fields"])) % {"count": len(asked["fields"])}
    return f"{FORMATS[asked['format']].label} · {fields} · {asked['reason']}"


register_kind(JobKind(KEY, gettext_lazy("Export of members"), PERMISSION, export_members, _described))
