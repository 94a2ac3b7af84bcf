"""Forms of booking a consultation and of the verbs on one."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from matching.models import Channel, ConsultSchedule, Topic
from matching.models.consultants import consultants
from matching.models.consultation import DEFAULT_MINUTES
from matching.models.consultation_booking import LONGEST, SHORTEST
from matching.models.consultation_slot import Slot
from users.forms.row_verb import RowVerbForm, Shown

LONGEST_MEMO = 2000
# Beyond these years no calendar of ours goes, and arithmetic on times ends.
OF_CALENDARS = [
    MinValueValidator(datetime(2000, 1, 1, tzinfo=UTC)),
    MaxValueValidator(datetime(2100, 1, 1, tzinfo=UTC)),
]
TEN_MINUTES = 10


class MomentInput(forms.DateTimeInput):
    """The browser's own picker; it takes and gives local time without a zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"step": TEN_MINUTES * 60})


class SlotForm(forms.Form):
    """With whom, when and for how long. `anyway` is asked only where the time is outside the working hours."""

    consultant = forms.ChoiceField(label=_("Consultant"))
    scheduled_at = forms.DateTimeField(label=_("Time"), widget=MomentInput, validators=OF_CALENDARS)
    duration_minutes = forms.IntegerField(
        label=_("Minutes"),
        initial=DEFAULT_MINUTES,
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"step": TEN_MINUTES}),
    )
    anyway = forms.BooleanField(
        label=_("Book it all the same"),
        required=False,
        widget=forms.HiddenInput,
        help_text=_("It goes into the access record that the time is outside the working hours."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultant"].choices = list(consultants().values_list("pk", "name"))  # type: ignore[attr-defined]

    @property
    def slot(self) -> Slot:
        """Return what a valid form asks for."""
        asked = self.cleaned_data
        return Slot(asked["consultant"], asked["scheduled_at"], asked["duration_minutes"])

    def offer_anyway(self) -> None:
        """Let the person say that the time is meant."""
        self.fields["anyway"].widget = forms.CheckboxInput()


class DescribedForm(forms.Form):
    """By which channel, what about, and what was said."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.PHONE)
    topic = forms.ChoiceField(label=_("Topic"), choices=[("", _("Not stated")), *Topic.choices], required=False)
    memo = forms.CharField(
        label=_("Memo"), required=False, max_length=LONGEST_MEMO, widget=forms.Textarea(attrs={"rows": 4})
    )


class BookForm(SlotForm, DescribedForm):
    """A consultation to be."""

    field_order = ("scheduled_at", "consultant", "duration_minutes", "anyway", "channel", "topic", "memo")

    @property
    def described(self) -> dict[str, Any]:
        asked = self.cleaned_data
        return {"channel": asked["channel"], "topic": asked["topic"] or None, "memo": asked["memo"] or None}


class ConsultVerbForm(RowVerbForm):
    """A verb's form over a consultation read `with_row_version()`."""

    def __init__(self, data: Any = None, *, consultation: ConsultSchedule, **kwargs: Any) -> None:
        self.consultation = consultation
        super().__init__(data, row=consultation, **kwargs)

    def showing(self) -> Shown:
        row = self.consultation
        return {
            str(_("Time")): row.slot.label,
            str(_("Consultant")): row.consultant_name,
            str(_("Channel")): row.get_channel_display(),
            str(_("Topic")): row.get_topic_display() or "",
            str(_("Status")): row.get_status_display(),
            str(_("Memo")): row.memo or "",
        }


class MoveForm(ConsultVerbForm, SlotForm):
    field_order = ("scheduled_at", "consultant", "duration_minutes", "anyway")

    def __init__(self, data: Any = None, *, consultation: ConsultSchedule, **kwargs: Any) -> None:
        super().__init__(data, consultation=consultation, **kwargs)
        self.initial.setdefault("consultant", consultation.consultant_id)
        self.initial.setdefault("scheduled_at", consultation.scheduled_at)
        self.initial.setdefault("duration_minutes", consultation.duration_minutes)

    @property
    def slot(self) -> Slot:
        """Return what is asked for; a time that was left alone keeps the seconds that the browser's picker drops."""
        asked, stored = super().slot, self.consultation.scheduled_at
        if asked.starts_at == stored.replace(second=0, microsecond=0):
            return replace(asked, starts_at=stored)
        return asked


class EditForm(ConsultVerbForm, DescribedForm):
    """A stored value that the console does not know stays on offer, so that an edit of the memo does not lose it."""

    def __init__(self, data: Any = None, *, consultation: ConsultSchedule, **kwargs: Any) -> None:
        super().__init__(data, consultation=consultation, **kwargs)
        for name in ("channel", "topic", "memo"):
            stored = getattr(consultation, name) or ""
            self.initial.setdefault(name, stored)
            field: Any = self.fields[name]
            if hasattr(field, "choices") and stored not in dict(field.choices):
                field.choices = [*field.choices, (stored, stored)]


class CompleteForm(ConsultVerbForm):
    memo = DescribedForm.base_fields["memo"]

    def __init__(self, data: Any = None, *, consultation: ConsultSchedule, **kwargs: Any) -> None:
        super().__init__(data, consultation=consultation, **kwargs)
        self.initial.setdefault("memo", consultation.memo or "")


class CancelForm(ConsultVerbForm):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
