"""Members' values as templates show them: a phone number written out, wishes in words."""

from dataclasses import dataclass
from typing import cast

from django import template
from django.utils.translation import gettext as _

from users import phones
from users.models import UserPreference
from users.models.vocabulary import PreferenceGroup
from ygs_admin.db.enums import EnumListField

register = template.Library()

register.filter("written_phone", phones.written)


@dataclass(frozen=True)
class Wish:
    """One group of a preference: its value in words, empty where nothing is asked, and how much it counts."""

    label: str
    value: str
    is_hard: bool
    weight: int | None


@register.filter
def wishes(preference: UserPreference) -> list[Wish]:
    """Return a preference group by group."""
    hard, weights = preference.must_have or [], preference.weights or {}
    return [
        Wish(str(group.label), _in_words(preference, group), group in hard, weights.get(group))
        for group in PreferenceGroup
    ]


def _in_words(preference: UserPreference, group: PreferenceGroup) -> str:
    match group:
        case PreferenceGroup.AGE:
            return _range(preference.birth_year_min, preference.birth_year_max, _("born %(bound)s"))
        case PreferenceGroup.HEIGHT:
            return _range(preference.height_min, preference.height_max, "%(bound)s cm")
        case PreferenceGroup.EDUCATION:
            return _at_least(preference.education_min and preference.get_education_min_display())
        case PreferenceGroup.SALARY:
            return _at_least(preference.salary_min and preference.get_salary_min_display())
        case PreferenceGroup.DISTRICT:
            return ", ".join(preference.districts or [])
    return _listed(preference, COLUMNS[group])


COLUMNS = {
    PreferenceGroup.RELIGION: "religions",
    PreferenceGroup.SMOKING: "smoking",
    PreferenceGroup.DRINKING: "drinking",
    PreferenceGroup.MARITAL_HISTORY: "marital_histories",
    PreferenceGroup.MBTI: "mbti",
}


def _listed(preference: UserPreference, column: str) -> str:
    field = cast("EnumListField", preference._meta.get_field(column))
    return ", ".join(field.labels(getattr(preference, column)))


def _range(low: int | None, high: int | None, text: str) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return _("from %(bound)s") % {"bound": text % {"bound": low}}
    if low is None:
        return _("up to %(bound)s") % {"bound": text % {"bound": high}}
    return text % {"bound": f"{low}–{high}"}


def _at_least(label: str | None) -> str:
    return _("%(least)s or more") % {"least": label} if label else ""
