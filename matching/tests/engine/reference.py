"""A matcher as slow and as plain as can be, to check the engine by: one pair and one group at a time, no arrays."""

from collections.abc import Collection, Iterator

from matching.engine.members import MemberRecord
from matching.engine.settings import AcceptancePriors, EngineSettings

EDUCATIONS = ["high_school", "associate", "bachelor", "master", "doctorate"]
SALARIES = [
    "under_3000", "3000_4000", "4000_5000", "5000_7000", "7000_10000", "10000_15000", "15000_20000", "over_20000",
]  # fmt: skip
DRINKING = ["never", "sometimes", "weekly", "often"]
AREAS = [
    ["서울", "인천", "경기"],
    ["부산", "울산", "경남"],
    ["대구", "경북"],
    ["대전", "세종", "충남", "충북"],
    ["광주", "전남"],
]


def asked_fits(asker: MemberRecord, other: MemberRecord) -> Iterator[tuple[str, float | None]]:
    """Yield each stated group with how well the other fits, None where the other states nothing."""
    wishes = asker.wishes
    if wishes.birth_year_min is not None or wishes.birth_year_max is not None:
        yield "age", within(other.birth_year, wishes.birth_year_min, wishes.birth_year_max, 6)
    if wishes.height_min is not None or wishes.height_max is not None:
        height = other.height
        yield "height", None if height is None else within(height, wishes.height_min, wishes.height_max, 11)
    if wishes.education_min:
        yield "education", at_least(other.education, wishes.education_min, EDUCATIONS, 0.5)
    if wishes.salary_min:
        yield "salary", at_least(other.salary_range, wishes.salary_min, SALARIES, 0.35)
    for group, accepted, value, nearness in (
        ("district", wishes.districts, other.district, near_district),
        ("religion", wishes.religions, other.religion, lambda asked, has: float(asked == has)),
        ("smoking", wishes.smoking, other.smoking, lambda asked, has: float(asked == has)),
        ("drinking", wishes.drinking, other.drinking, near_drinking),
        ("marital_history", wishes.marital_histories, other.marital_history, lambda asked, has: float(asked == has)),
        ("mbti", wishes.mbti, other.mbti, near_type),
    ):
        if accepted:
            yield group, None if value is None else max(nearness(asked, value) for asked in accepted)


def within(value: int, least: int | None, most: int | None, zero_at: int) -> float:
    """Return a fit in ten-thousandths, as the engine counts them: a score on the floor is on it for both."""
    outside = 0
    if least is not None and value < least:
        outside = least - value
    if most is not None and value > most:
        outside = max(outside, value - most)
    return round(max(0.0, 1 - outside / zero_at), 4)


def at_least(value: str | None, asked: str, ladder: list[str], loss: float) -> float | None:
    if value not in ladder:
        return None
    if asked not in ladder:
        return 0.0
    return max(0.0, 1 - loss * max(0, ladder.index(asked) - ladder.index(value)))


def near_district(asked: str, has: str) -> float:
    if asked == has or asked == has.split(maxsplit=1)[0]:
        return 1.0
    provinces = {asked.split(maxsplit=1)[0], has.split(maxsplit=1)[0]}
    return 0.5 if len(provinces) == 1 or any(provinces <= set(area) for area in AREAS) else 0.0


def near_drinking(asked: str, has: str) -> float:
    if asked == has:
        return 1.0
    known = asked in DRINKING and has in DRINKING
    return 0.5 if known and abs(DRINKING.index(asked) - DRINKING.index(has)) == 1 else 0.0


def near_type(asked: str, has: str) -> float:
    if asked == has:
        return 1.0
    return 0.5 if sum(x != y for x, y in zip(asked, has, strict=True)) == 1 else 0.0


def broken(asker: MemberRecord, other: MemberRecord) -> list[str]:
    """Return the must-haves of the asker that the other does not meet."""
    return [group for group, fit in asked_fits(asker, other) if group in asker.wishes.must_have and fit != 1]


def direction(asker: MemberRecord, other: MemberRecord, priors: AcceptancePriors) -> float:
    """Return p(asker→other), whether or not a must-have is broken, where that counts 0."""
    total = weights = 0.0
    for group, fit in asked_fits(asker, other):
        weight = asker.wishes.weights.get(group, 3)
        is_broken = group in asker.wishes.must_have and fit != 1
        total += weight * (0 if is_broken else 0.5 if fit is None else fit)
        weights += weight
    preference = total / weights if weights else 0.5
    gives = priors.male_gives if asker.gender == "male" else priors.female_gives
    gets = priors.male_gets if other.gender == "male" else priors.female_gets
    return preference * factor(asker.gave, gives) * factor(other.got, gets)


def factor(answers: tuple[float, float], prior: float) -> float:
    accepted, answered = answers
    rate = (accepted + 8 * prior) / (answered + 8)
    return min(max(rate / prior, 2**-0.5), 2**0.5)


def mutual(a: MemberRecord, b: MemberRecord, priors: AcceptancePriors) -> float:
    if broken(a, b) or broken(b, a):
        return 0.0
    forth, back = direction(a, b, priors), direction(b, a, priors)
    return 2 * forth * back / (forth + back) if min(forth, back) > 0 else 0.0


def is_possible(
    a: MemberRecord,
    b: MemberRecord,
    settings: EngineSettings,
    priors: AcceptancePriors,
    barred: Collection[tuple[str, str]] = (),
) -> bool:
    if {a.gender, b.gender} != {"male", "female"} or (a.id, b.id) in barred or (b.id, a.id) in barred:
        return False
    least = min(direction(a, b, priors), direction(b, a, priors))
    return not broken(a, b) and not broken(b, a) and least > 0 and least >= settings.floor - 1e-6
