"""Forms of the verbs on a document."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.documents.reject_sentences import sentence_for
from users.models import RejectReason, UserDocument
from users.models.document_review import OVER

from .row_verb import RowVerbForm, Shown

SHOWN_FIELDS = ("document_type", "original_filename", "status", "reject_reason", "reject_note", "expires_on")
LONGEST_NOTE = 500


class DocumentVerbForm(RowVerbForm):
    """A verb's form over a document read `with_row_version()`."""

    def __init__(self, data: Any = None, *, document: UserDocument, **kwargs: Any) -> None:
        self.document = document
        super().__init__(data, row=document, **kwargs)

    def showing(self) -> Shown:
        fields: dict[str, Any] = {field.name: field for field in self.document._meta.concrete_fields}
        return {str(fields[name].verbose_name): _in_words(self.document, name) for name in SHOWN_FIELDS}


class ApproveForm(DocumentVerbForm):
    expires_on = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Suggested by its kind; look at the day on the document. Empty: as is usual, or for good."),
    )

    def __init__(self, data: Any = None, *, document: UserDocument, **kwargs: Any) -> None:
        super().__init__(data, document=document, **kwargs)
        self.initial.setdefault("expires_on", document.suggested_expiry())
        self.fields["expires_on"].widget.attrs["min"] = timezone.localdate().isoformat()

    def clean_expires_on(self) -> date | None:
        day: date | None = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(OVER, code="over", params={"day": day})
        return day


class ReasonSelect(forms.Select):
    """Each reason brings the sentence that the note starts from (js/fills.js)."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-text"] = sentence_for(str(value))
        return option


class RejectForm(DocumentVerbForm):
    """`note` cleans to the reason's own sentence where nothing was written: a member is told something always."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *RejectReason.choices],
        widget=ReasonSelect(attrs={"data-fills": "note"}),
    )
    note = forms.CharField(
        label=_("What the member is told"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "ko"}),
        help_text=_("In Korean. Empty: the usual sentence for the reason."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        reason = cleaned.get("reason", "")
        cleaned["note"] = cleaned.get("note") or sentence_for(reason)
        if reason == RejectReason.OTHER and not cleaned["note"] and "note" not in self.errors:
            self.add_error("note", _("Say in the note what is wrong."))
        return cleaned


def _in_words(document: UserDocument, name: str) -> str:
    display = getattr(document, f"get_{name}_display", None)
    value = display() if display else getattr(document, name)
    return str(value or "")
