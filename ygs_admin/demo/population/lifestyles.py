"""Habits, beliefs and plans, by gender and age."""

from dataclasses import dataclass
from random import Random

from .draws import Weighted, happens

UNSTATED = 0.05  # how often a member leaves one of the answers out
CONSENT = 0.88  # how many of those who state a religion consent to its use

_SMOKING = {
    "male": Weighted((("never", 64), ("vaping", 14), ("quitting", 7), ("regular", 15))),
    "female": Weighted((("never", 92), ("vaping", 4), ("quitting", 2), ("regular", 2))),
}
_DRINKING = {
    "male": Weighted((("never", 13), ("sometimes", 55), ("weekly", 26), ("often", 6))),
    "female": Weighted((("never", 24), ("sometimes", 60), ("weekly", 14), ("often", 2))),
}
_RELIGION = Weighted(
    (("none", 55), ("protestant", 20), ("catholic", 11), ("buddhist", 12.5), ("won_buddhist", 0.7), ("other", 0.8))
)
_EXERCISE = Weighted((("never", 15), ("sometimes", 40), ("weekly", 35), ("daily", 10)))
_PET = Weighted((("none", 68), ("dog", 18), ("cat", 11), ("other", 3)))
# From this age on → never married, divorced, widowed (percent).
_MARRIED_BEFORE = ((48, (58, 36, 6)), (40, (80, 18.5, 1.5)), (33, (94, 5.8, 0.2)), (0, (99, 1, 0)))
_HISTORY = tuple(
    (age, Weighted(zip(("never_married", "divorced", "widowed"), shares, strict=True)))
    for age, shares in _MARRIED_BEFORE
)
_CHILDREN = {
    False: Weighted((("yes", 55), ("no", 15), ("undecided", 30))),
    True: Weighted((("yes", 22), ("no", 48), ("undecided", 30))),
}
_TIMING = Weighted((("within_1y", 22), ("within_2y", 32), ("within_3y", 17), ("undecided", 29)))
AGE_BEYOND_CHILDREN = 43

HOBBIES: tuple[tuple[str, float], ...] = (
    ("등산", 9), ("러닝", 9), ("헬스", 11), ("필라테스", 7), ("요가", 5), ("수영", 6), ("테니스", 5), ("골프", 7),
    ("배드민턴", 4), ("클라이밍", 4), ("자전거", 5), ("축구", 4), ("야구 관람", 5), ("캠핑", 7), ("낚시", 3),
    ("서핑", 2),
    ("스키·보드", 3), ("국내여행", 9), ("해외여행", 9), ("드라이브", 7), ("맛집 탐방", 12), ("카페 투어", 10),
    ("요리", 8),
    ("베이킹", 5), ("와인", 5), ("커피 내리기", 5), ("영화 보기", 11), ("드라마 보기", 7), ("독서", 9), ("글쓰기", 3),
    ("전시 관람", 7), ("뮤지컬·연극", 5), ("음악 감상", 7), ("공연 관람", 4), ("피아노", 4), ("기타 연주", 3),
    ("사진", 5),
    ("그림 그리기", 3), ("보드게임", 4), ("게임", 6), ("식물 키우기", 4), ("봉사활동", 3), ("외국어 공부", 4),
    ("재테크 공부", 4),
    ("산책", 9), ("반려견 산책", 4), ("방탈출", 3), ("뜨개질", 2), ("도예", 2), ("춤", 2),
)  # fmt: skip
_HOBBIES = Weighted(HOBBIES)


@dataclass(frozen=True, slots=True)
class Lifestyle:
    smoking: str | None
    drinking: str | None
    religion: str | None
    exercise: str | None
    pet: str | None
    marital_history: str | None
    wants_children: str | None
    marriage_timing: str | None
    hobbies: tuple[str, ...]
    has_consented: bool

    @property
    def usable_religion(self) -> str | None:
        """The religion where its holder agreed to its use: nothing else may be shown or matched on."""
        return self.religion if self.has_consented else None


def draw_lifestyle(gender: str, age: int, rng: Random) -> Lifestyle:
    religion = _stated(_RELIGION, rng)
    return Lifestyle(
        smoking=_stated(_SMOKING[gender], rng),
        drinking=_stated(_DRINKING[gender], rng),
        religion=religion,
        exercise=_stated(_EXERCISE, rng),
        pet=_stated(_PET, rng),
        marital_history=next(table for at_least, table in _HISTORY if age >= at_least).draw(rng),
        wants_children=_stated(_CHILDREN[age >= AGE_BEYOND_CHILDREN], rng),
        marriage_timing=_stated(_TIMING, rng),
        hobbies=tuple(dict.fromkeys(_HOBBIES.draw(rng) for _time in range(rng.choice((1, 2, 3, 3, 4, 5))))),
        has_consented=religion is not None and happens(CONSENT, rng),
    )


def _stated(table: Weighted[str], rng: Random) -> str | None:
    value = table.draw(rng)
    return value if not happens(UNSTATED, rng) else None
