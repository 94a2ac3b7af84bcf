"""Forms of working hours and days off."""

import re
from datetime import date, time
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.models import WorkingHours
from matching.models.working_hours import Span, Weekday, in_words
from users.audit.filter import OF_THE_RECORD, DayInput
from ygs_admin.staff.models import Staff

# `10:00–13:00`, with whatever dash people type; `10-13` is taken for the full hours.
TYPED = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–—~]\s*(\d{1,2})(?::(\d{2}))?", re.ASCII)
LONGEST_DAY = 100


class HoursForm(forms.Form):
    """One line for each weekday: `10:00–13:00, 14:00–19:00`; an empty one is a day without hours.

    `shown` is what the page showed: hours that somebody else has changed since are not overwritten unseen.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, staff: Staff) -> None:
        super().__init__(data)
        self.stored = WorkingHours.spans_of(staff)
        self.initial["shown"] = in_words(self.stored)
        for day in Weekday:
            spans = [span.label for span in self.stored if span.weekday == day]
            self.fields[f"day_{day.value}"] = forms.CharField(
                label=day.label, required=False, max_length=LONGEST_DAY, initial=", ".join(spans)
            )

    @property
    def is_outdated(self) -> bool:
        """Tell whether the hours were changed after the page was made."""
        return bool(self.data.get("shown", "") != in_words(self.stored))

    @property
    def spans(self) -> list[Span]:
        """Return what a valid form asks for."""
        return [span for day in Weekday for span in self.cleaned_data[f"day_{day.value}"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for day in Weekday:
            name = f"day_{day.value}"
            try:
                cleaned[name] = _spans(day.value, cleaned.get(name, ""))
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned


def _spans(weekday: int, typed: str) -> list[Span]:
    """Return the spans that a line means, in their order."""
    spans = sorted(_span(weekday, part.strip()) for part in typed.split(",") if part.strip())
    if any(after.begins < before.ends for before, after in pairwise(spans)):
        raise ValidationError(_("Hours of one day must not overlap."), code="overlap")
    return spans


def _span(weekday: int, typed: str) -> Span:
    read = TYPED.fullmatch(typed)
    try:
        begins, ends = (time(int(read[n]), int(read[n + 1] or 0)) for n in (1, 3))  # type: ignore[index]
    except (TypeError, ValueError):
        message = _("“%(typed)s” is no time from … to …, such as 10:00–13:00.")
        raise ValidationError(message, code="hours", params={"typed": typed}) from None
    if ends <= begins:
        raise ValidationError(_("Hours end after they begin."), code="backwards")
    return Span(weekday, begins, ends)


class DayOffForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DayInput, validators=OF_THE_RECORD)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise ValidationError(_("That day is over."), code="over")
        return day
