"""Wishes as conditions of the database, so that a large market is not read for one member.

Must-haves leave members out; the wishes that are missed are counted, since the best miss few. For the values that the
tables hold each condition is as wide as the engine's own rule (`matching/engine/groups/`), which has the last word.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from matching.engine.groups import ALL
from matching.engine.groups.choices import ChoiceGroup
from matching.engine.groups.minimums import MinimumGroup
from matching.engine.groups.ranges import RangeGroup
from matching.engine.members import MemberRecord

COLUMNS = {
    "birth_year": "birth_year",
    "height": "profile__height",
    "education": "profile__education",
    "salary_range": "profile__salary_range",
    "district": "profile__district",
    "mbti": "profile__mbti",
    "religion": "lifestyle__religion",
    "smoking": "lifestyle__smoking",
    "drinking": "lifestyle__drinking",
    "marital_history": "lifestyle__marital_history",
}

NEVER = Q(pk__in=())


def wanted_by(member: MemberRecord) -> Q:
    """Return the condition that somebody meets each of the member's must-haves."""
    condition = Q()
    for group in _asked_by(member):
        if group.name in member.wishes.must_have:
            condition &= _meets(group, member)
    return condition


def wanting(member: MemberRecord) -> Q:
    """Return the condition that the member meets each of somebody's must-haves."""
    condition = Q()
    for group in ALL:
        is_soft = Q(preference__must_have__isnull=True) | ~Q(preference__must_have__contains=[group.name])
        condition &= is_soft | ~_asks(group) | _is_met_by(group, member)
    return condition


def wishes_missed(member: MemberRecord) -> Any:
    """Return how many wishes of the two are not met, the member's and somebody's, as a sum that the database counts."""
    missed = [*(~_meets(group, member) for group in _asked_by(member)), *_missed_by(member)]
    return sum((_one_where(condition) for condition in missed), Value(0))


def _asked_by(member: MemberRecord) -> Iterator[Any]:
    return (group for group in ALL if group.asked(member.wishes) is not None)


def _missed_by(member: MemberRecord) -> Iterator[Q]:
    return (_asks(group) & ~_is_met_by(group, member) for group in ALL)


def _one_where(condition: Q) -> Any:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _meets(group: Any, member: MemberRecord) -> Q:
    return MEETS[type(group)](COLUMNS[group.value], group, group.asked(member.wishes))


def _in_range(column: str, group: Any, asked: Any) -> Q:
    least, most = asked
    bounds = {f"{column}__gte": least, f"{column}__lte": most}
    return Q(**{f"{column}__isnull": False}, **{name: bound for name, bound in bounds.items() if bound is not None})


def _at_least(column: str, group: Any, asked: Any) -> Q:
    return Q(**{f"{column}__in": group.ladder[group.ladder.index(asked) :] if asked in group.ladder else ()})


def _one_of(column: str, group: Any, asked: Any) -> Q:
    condition = Q(**{f"{column}__in": asked})
    if group.name == "religion":
        # Without its holder's consent it is not asked for, and meets nothing.
        condition &= Q(lifestyle__religion_consented_at__isnull=False)
    if group.name == "district":
        for province in (each for each in asked if len(each.split()) == 1):
            condition |= Q(**{f"{column}__startswith": province.strip()})
    return condition


MEETS: dict[type, Callable[[str, Any, Any], Q]] = {
    RangeGroup: _in_range,
    MinimumGroup: _at_least,
    ChoiceGroup: _one_of,
}


def _asks(group: Any) -> Q:
    match group:
        case RangeGroup():
            least, most = f"preference__{group.least}", f"preference__{group.most}"
            return Q(**{f"{least}__isnull": False}) | Q(**{f"{most}__isnull": False})
        case MinimumGroup():
            return Q(**{f"preference__{group.wish}__isnull": False})
    # The first of a list: an empty one asks for nothing, nor does what is no list.
    return Q(**{f"preference__{group.wish}__0__isnull": False})


def _is_met_by(group: Any, member: MemberRecord) -> Q:
    has = group.has(member)
    if has is None:
        return NEVER
    match group:
        case RangeGroup():
            least, most = f"preference__{group.least}", f"preference__{group.most}"
            above = Q(**{f"{least}__isnull": True}) | Q(**{f"{least}__lte": has})
            return above & (Q(**{f"{most}__isnull": True}) | Q(**{f"{most}__gte": has}))
        case MinimumGroup():
            return Q(**{f"preference__{group.wish}__in": group.ladder[: group.ladder.index(has) + 1]})
    accepted = [has, *has.split()[:1]] if group.name == "district" else [has]
    return Q(*(Q(**{f"preference__{group.wish}__contains": [value]}) for value in accepted), _connector=Q.OR)
