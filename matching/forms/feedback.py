"""Forms of feedback, and of what is decided about an incident."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import Decision, MatchFeedback
from matching.models.feedback import BEST, WORST
from matching.models.incident_decision import DECIDABLE
from users.forms.row_verb import RowVerbForm, Shown
from users.forms.subscription import reason_field
from ygs_admin.staff.models import Staff
from ygs_admin.web.versioned_form import VersionedModelForm

LONGEST_COMMENT = 4000
WANTS = (("", _("Did not say")), ("True", _("Yes")), ("False", _("No")))


class FeedbackForm(VersionedModelForm):
    """What one side says. A reported incident is not taken back here: a manager decides about it."""

    rating = forms.TypedChoiceField(
        label=_("Rating"),
        choices=[(number, str(number)) for number in range(WORST, BEST + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("1: not at all, 5: very much"),
    )
    wants_to_meet_again = forms.TypedChoiceField(
        label=_("Wants to meet again"),
        choices=WANTS,
        coerce=lambda value: {"True": True, "False": False}[value],
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        empty_value=None,
    )
    is_incident = forms.BooleanField(
        label=_("Report an incident to a manager"),
        required=False,
        help_text=_("Until a manager decides, the partner is introduced to nobody."),
    )

    class Meta:
        model = MatchFeedback
        fields = ("rating", "wants_to_meet_again", "tags", "comment", "is_incident")
        widgets = {"tags": forms.CheckboxSelectMultiple}  # noqa: RUF012 - declared by Django

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.stored_values.get("is_incident"):
            self.fields["is_incident"].disabled = True

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("is_incident") and "comment" in given and not given["comment"]:
            self.add_error("comment", _("Say what happened: a manager decides by it."))
        return given


class IncidentForm(RowVerbForm):
    """The form of a verb on feedback that reports an incident."""

    reason = reason_field()

    def __init__(self, data: Any = None, *, feedback: MatchFeedback, **kwargs: Any) -> None:
        self.feedback = feedback
        super().__init__(data, row=feedback, **kwargs)

    def showing(self) -> Shown:
        row = self.feedback
        labels = dict(Decision.choices)
        return {
            str(_("Decision")): str(labels.get(row.standing, "")),
            str(_("Rating")): str(row.rating),
            str(_("Incident")): str(_("yes") if row.is_incident else _("no")),
        }


class DecideForm(IncidentForm):
    decision = forms.ChoiceField(label=_("Decision"), choices=DECIDABLE, widget=forms.RadioSelect)
    field_order = ("decision", "reason")

    def __init__(self, data: Any = None, *, feedback: MatchFeedback, by: Staff, **kwargs: Any) -> None:
        super().__init__(data, feedback=feedback, **kwargs)
        if not by.has_perm("users.suspend_user"):
            without = [choice for choice in DECIDABLE if choice[0] != Decision.SUSPENDED]
            self.fields["decision"].choices = without  # type: ignore[attr-defined]
