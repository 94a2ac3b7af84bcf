"""What can be done to a consultation: each verb's words, form and inverse. The rules stand on the model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.forms.consultation import CancelForm, CompleteForm, ConsultVerbForm, EditForm, MoveForm
from matching.models import ConsultSchedule
from matching.models.consultation_status import CONCLUDED, OPEN
from ygs_admin.staff.models import Staff

Apply = Callable[[ConsultSchedule, Staff, ConsultVerbForm], bool]

CHANGE = "matching.change_consultschedule"
DELETE_PERMISSION = "matching.delete_consultschedule"
ANY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ConsultVerb:
    """`statuses` are those in which the verb is offered, `once_begun` that it is offered only afterwards."""

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    statuses: frozenset[str]
    form: type[ConsultVerbForm]
    apply: Apply
    inverse: str = ""
    tone: str = "neutral"
    permission: str = CHANGE
    once_begun: bool = False
    on_deleted: bool = False

    @property
    def url_name(self) -> str:
        return f"matching:consult_{self.key.replace('-', '_')}"

    def is_offered_on(self, consultation: ConsultSchedule, staff: Staff) -> bool:
        return (
            staff.has_perm(self.permission)
            and consultation.is_deleted is self.on_deleted
            and (not self.statuses or consultation.status in self.statuses)
            and (consultation.has_begun or not self.once_begun)
        )


def _version(form: ConsultVerbForm) -> int | None:
    version: int | None = form.cleaned_data["row_version"]
    return version


def _move(row: ConsultSchedule, by: Staff, form: Any) -> bool:
    return row.move(form.slot, by=by, anyway=form.cleaned_data["anyway"], version=_version(form))


def _edit(row: ConsultSchedule, by: Staff, form: ConsultVerbForm) -> bool:
    described = {name: form.cleaned_data[name] for name in ("channel", "topic", "memo")}
    return row.describe(by=by, version=_version(form), **described)


def _complete(row: ConsultSchedule, by: Staff, form: ConsultVerbForm) -> bool:
    return row.complete(by=by, memo=form.cleaned_data["memo"], version=_version(form))


def _cancel(row: ConsultSchedule, by: Staff, form: ConsultVerbForm) -> bool:
    return row.cancel(by=by, reason=form.cleaned_data["reason"], version=_version(form))


def _no_show(row: ConsultSchedule, by: Staff, form: ConsultVerbForm) -> bool:
    return row.mark_no_show(by=by, version=_version(form))


def _reopen(row: ConsultSchedule, by: Staff, form: ConsultVerbForm) -> bool:
    return row.reopen(by=by, version=_version(form))


def _delete(row: ConsultSchedule, by: Staff, form: ConsultVerbForm) -> bool:
    return row.soft_delete(by=by, version=_version(form))


def _restore(row: ConsultSchedule, by: Staff, form: ConsultVerbForm) -> bool:
    return row.undelete(by=by, version=_version(form))


COMPLETE = ConsultVerb(
    "complete",
    _("Complete"),
    _("The consultation took place. The memo is for colleagues; the member does not see it."),
    _("The consultation is completed."),
    OPEN,
    CompleteForm,
    _complete,
    inverse="reopen",
    tone="good",
    once_begun=True,
)
NO_SHOW = ConsultVerb(
    "no-show",
    _("Did not appear"),
    _("The member did not come, or did not answer."),
    _("It is noted that the member did not appear."),
    OPEN,
    ConsultVerbForm,
    _no_show,
    inverse="reopen",
    once_begun=True,
)
MOVE = ConsultVerb(
    "move",
    _("Move"),
    _("The consultation goes to another time or consultant. The member has to be reminded anew."),
    _("The consultation is moved."),
    OPEN,
    MoveForm,
    _move,
    inverse="move",
)
EDIT = ConsultVerb(
    "edit",
    _("Edit"),
    _("Channel, topic and memo change; when and with whom stays."),
    _("Saved."),
    ANY,
    EditForm,
    _edit,
)
CANCEL = ConsultVerb(
    "cancel",
    _("Cancel the consultation"),
    _("The consultation is called off, and its time is free again. The reason goes into the access record."),
    _("The consultation is canceled."),
    OPEN,
    CancelForm,
    _cancel,
    inverse="reopen",
    tone="bad",
)
REOPEN = ConsultVerb(
    "reopen",
    _("Schedule again"),
    _("What became of it is taken back: the consultation is scheduled again, where its time is still free."),
    _("The consultation is scheduled again."),
    CONCLUDED,
    ConsultVerbForm,
    _reopen,
)
DELETE = ConsultVerb(
    "delete",
    _("Delete"),
    _("The consultation disappears from calendars and lists. It can be brought back."),
    _("The consultation is deleted."),
    ANY,
    ConsultVerbForm,
    _delete,
    inverse="restore",
    tone="bad",
    permission=DELETE_PERMISSION,
)
RESTORE = ConsultVerb(
    "restore",
    _("Restore"),
    _("The consultation comes back, where its time is still free."),
    _("The consultation is back."),
    ANY,
    ConsultVerbForm,
    _restore,
    tone="good",
    permission=DELETE_PERMISSION,
    on_deleted=True,
)

CONSULT_VERBS = {verb.key: verb for verb in (COMPLETE, NO_SHOW, MOVE, EDIT, CANCEL, REOPEN, DELETE, RESTORE)}


def offered_on(consultation: ConsultSchedule, staff: Staff) -> list[ConsultVerb]:
    """Return the verbs that fit a consultation as it stands and that this person may press."""
    return [verb for verb in CONSULT_VERBS.values() if verb.is_offered_on(consultation, staff)]
