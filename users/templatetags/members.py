"""Members' values as templates show them: a phone number written out, wishes in words."""

from dataclasses import dataclass
from typing import cast

from django import template
from django.utils.translation import gettext as _

from users import phones
from users.models import UserPreference
from users.models.vocabulary import PreferenceGroup
from users.ranges import at_least, in_range
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
            return in_range(preference.birth_year_min, preference.birth_year_max, _("born %(bound)s"))
        case PreferenceGroup.HEIGHT:
            return in_range(preference.height_min, preference.height_max, "%(bound)s cm")
        case PreferenceGroup.EDUCATION:
            return at_least(preference.education_min and preference.get_education_min_display())
        case PreferenceGroup.SALARY:
            return at_least(preference.salary_min and preference.get_salary_min_display())
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
