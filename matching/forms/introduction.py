"""Forms of the verbs on an introduction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.models import MatchHistory, Response
from users.forms.row_verb import RowVerbForm, Shown
from users.forms.subscription import reason_field
from users.models.status import VerbRefusedError

LONGEST_PLACE = 200
CHOICES = [(value, Response(value).label) for value in (Response.ACCEPTED, Response.DECLINED)]
SHOWN_TIMES = ("introduced_at", "date_fixed_at", "met_at", "closed_at")


class MomentInput(forms.DateTimeInput):
    """A day and a time in one control, to the minute."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return local.strftime("%Y-%m-%dT%H:%M")
        return value


class IntroductionVerbForm(RowVerbForm):
    """The form of a verb on an introduction that was read `with_row_version()`."""

    introduction: MatchHistory

    def __init__(self, data: Any = None, *, introduction: MatchHistory, **kwargs: Any) -> None:
        self.introduction = introduction
        super().__init__(data, row=introduction, **kwargs)

    def showing(self) -> Shown:
        """Return what the page shows of the introduction; names stand in no signed text."""
        row = self.introduction
        fields: dict[str, Any] = {field.name: field for field in row._meta.concrete_fields}
        times = {name: getattr(row, name) for name in SHOWN_TIMES}
        return {
            str(fields["status"].verbose_name): row.get_status_display(),
            str(fields["a_response"].verbose_name): row.get_a_response_display(),
            str(fields["b_response"].verbose_name): row.get_b_response_display(),
            **{str(fields[name].verbose_name): written(moment) for name, moment in times.items()},
        }


def written(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


class ReasonForm(IntroductionVerbForm):
    reason = reason_field()


class NoShowForm(IntroductionVerbForm):
    reason = forms.CharField(label=_("Who did not appear"), max_length=500, required=False)


class AnswerForm(IntroductionVerbForm):
    response = forms.ChoiceField(label=_("Answer"), choices=CHOICES, widget=forms.RadioSelect)


class DateForm(IntroductionVerbForm):
    meets_at = forms.DateTimeField(label=_("They meet"), widget=MomentInput)
    place = forms.CharField(label=_("Place"), required=False, max_length=LONGEST_PLACE)

    def __init__(self, data: Any = None, *, introduction: MatchHistory, **kwargs: Any) -> None:
        planned = introduction.plan() or {}
        super().__init__(data, introduction=introduction, initial=planned | kwargs.pop("initial", {}), **kwargs)

    def clean_meets_at(self) -> datetime:
        return _possible(self.cleaned_data["meets_at"], self.introduction.refuse_before_introduction)


class FallThroughForm(IntroductionVerbForm):
    """Whether a date that had been fixed falls through, or none was ever fixed."""

    mistaken = forms.ChoiceField(
        label=_("What happened"),
        choices=(("", _("The date fell through")), ("on", _("It was entered by mistake"))),
        help_text=_("A date that fell through had been fixed: its time stays, since refunds depend on it."),
        widget=forms.RadioSelect,
        required=False,
    )

    def clean_mistaken(self) -> bool:
        return bool(self.cleaned_data["mistaken"])


class MetForm(IntroductionVerbForm):
    at = forms.DateTimeField(
        label=_("They met"), widget=MomentInput, help_text=_("Written once: refunds depend on it.")
    )

    def __init__(self, data: Any = None, *, introduction: MatchHistory, **kwargs: Any) -> None:
        now = timezone.now()
        planned = (introduction.plan() or {}).get("meets_at") or now
        super().__init__(
            data, introduction=introduction, initial={"at": min(planned, now)} | kwargs.pop("initial", {}), **kwargs
        )

    def clean_at(self) -> datetime:
        return _possible(self.cleaned_data["at"], self.introduction.refuse_impossible)


def _possible(moment: datetime, refuse: Callable[[datetime], None]) -> datetime:
    """Return the moment; one that the verb would refuse is said at its field, where it can be mended."""
    try:
        refuse(moment)
    except VerbRefusedError as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    return moment
