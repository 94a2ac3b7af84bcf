"""The candidates page: what its list is narrowed by."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.filters import LONGEST_VALUE
from users.models.vocabulary import Education

from .ranking import Candidate

OLDEST = 120


class CandidateFilter(forms.Form):
    """A malformed value is left out and said so; the rest still filters."""

    age_min = forms.IntegerField(label=_("Age from"), required=False, min_value=0, max_value=OLDEST)
    age_max = forms.IntegerField(label=_("Age up to"), required=False, min_value=0, max_value=OLDEST)
    district = forms.CharField(label=_("District"), required=False, max_length=LONGEST_VALUE)
    education = forms.ChoiceField(
        label=_("Education at least"), required=False, choices=[("", _("Any")), *Education.choices]
    )
    score = forms.IntegerField(label=_("Score from"), required=False, min_value=0, max_value=200)
    weeks = forms.IntegerField(label=_("Waiting weeks"), required=False, min_value=0, max_value=1000)

    def __init__(self, query: Any) -> None:
        super().__init__(query)
        for field in self.fields.values():
            field.widget.attrs["placeholder"] = _("Any")
        self.full_clean()

    @property
    def condition(self) -> Q:
        """Return what is asked of the members themselves; ages are the full years that they complete this year."""
        asked, year = self.cleaned_data, timezone.localdate().year
        condition = Q()
        if asked.get("age_min") is not None:
            condition &= Q(birth_year__lte=year - asked["age_min"])
        if asked.get("age_max") is not None:
            condition &= Q(birth_year__gte=year - asked["age_max"])
        if asked.get("district"):
            condition &= Q(profile__district__startswith=asked["district"])
        if asked.get("education"):
            ladder = Education.values
            condition &= Q(profile__education__in=ladder[ladder.index(asked["education"]) :])
        return condition

    def keep(self, candidates: list[Candidate]) -> list[Candidate]:
        """Narrow to those who score enough and have waited long enough."""
        least, weeks = self.cleaned_data.get("score") or 0, self.cleaned_data.get("weeks") or 0
        return [each for each in candidates if 100 * each.score >= least and each.record.weeks_waiting >= weeks]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.recorded())

    def recorded(self) -> dict[str, str]:
        """Return what was asked as the access record keeps it."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value not in (None, "")}
