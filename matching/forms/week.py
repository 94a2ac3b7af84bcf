"""Opening a round, and saying how it is to be run."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.models import MatchWeek
from matching.rounds.settings import LIMITS, SHARES, RoundSettings
from ygs_admin.staff.models import Staff

LONGEST_NOTE = 500
NEXT_WEEK = timedelta(weeks=1)
LABELS = {
    "quota": (_("Introductions for each member"), _("The most that one member gets in this round.")),
    "fairness_weight": (
        _("Weight of waiting"),
        _("From 0 to 1: how much a long wait counts beside a good score. 0 looks at scores alone."),
    ),
    "minimum_score": (
        _("Least score"),
        _("From 0 to 1: no pair is proposed in which one side fits the other less than this."),
    ),
    "candidates": (_("Candidates for each member"), _("How many of the best partners of each the engine weighs.")),
    "seed": (_("Seed"), _("The same members, settings and seed give the same pairs.")),
    "answer_days": (_("Days to answer"), _("After so many days an introduction without an answer lapses.")),
}


class SettingsForm(forms.Form):
    """The settings of a round, one field each, and its note."""

    note = forms.CharField(label=_("Note"), required=False, max_length=LONGEST_NOTE)

    def __init__(self, *args: Any, settings: RoundSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, value in settings.as_json().items():
            self.fields[key] = _setting(key, value)
        self.order_fields([*LABELS, "note"])

    def change(self, week: MatchWeek, *, by: Staff) -> None:
        """Apply a valid form, all of it or nothing.

        Raises:
            VerbRefusedError: the round is published or worked on.
        """
        with transaction.atomic():
            week.change_settings(by=by, settings=self._settings())
            week.write_note(self.cleaned_data["note"], by=by)

    def _settings(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in LABELS}


class NewWeekForm(SettingsForm):
    """Which ISO week, by default the first one ahead that has no round yet."""

    iso_year = forms.IntegerField(label=_("ISO year"), min_value=2000, max_value=2100)
    iso_week = forms.IntegerField(label=_("ISO week"), min_value=1, max_value=53)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, settings=RoundSettings.read(None), **kwargs)
        self.initial["iso_year"], self.initial["iso_week"] = _week_ahead()
        self.order_fields(["iso_year", "iso_week", *LABELS, "note"])

    def open(self, *, by: Staff) -> MatchWeek:
        """Open the round that a valid form asks for; the one that there is, as it is, where it was opened before.

        Raises:
            VerbRefusedError: there is no such week.
        """
        which = {name: self.cleaned_data[name] for name in ("iso_year", "iso_week")}
        is_new = not MatchWeek.all_objects.filter(**which).exists()
        with transaction.atomic():
            week = MatchWeek.open(by=by, settings=self._settings(), **which)
            if is_new and self.cleaned_data["note"]:
                week.write_note(self.cleaned_data["note"], by=by)
        return week


def _setting(key: str, value: float) -> forms.Field:
    label, help_text = LABELS[key]
    least, most = LIMITS[key]
    traits: dict[str, Any] = {"label": label, "help_text": help_text, "min_value": least, "max_value": most}
    if key in SHARES:
        return forms.FloatField(**traits, initial=value, widget=forms.NumberInput(attrs={"step": "any"}))
    return forms.IntegerField(**traits, initial=value)


def _week_ahead() -> tuple[int, int]:
    latest = MatchWeek.objects.order_by("-starts_on").values_list("starts_on", flat=True).first()
    this_week = timezone.localdate()
    day = max(this_week, latest + NEXT_WEEK) if latest else this_week
    year, week, _day = day.isocalendar()
    return year, week
