"""A member's name: by gender and generation, with the rare kinds that lists and searches must cope with."""

from bisect import bisect_right
from random import Random

from .draws import Weighted, popular_first
from .name_tables import (
    FAMILY_NAMES,
    FEMALE_NAMES,
    FEMALE_SYLLABLES,
    FOREIGN_NAMES,
    MALE_NAMES,
    MALE_SYLLABLES,
    ONE_SYLLABLE_NAMES,
    PURE_KOREAN_NAMES,
)

_FAMILY = Weighted(FAMILY_NAMES)
_GENERATIONS = tuple(MALE_NAMES)
_POPULAR = {
    "male": {first: popular_first(names) for first, names in MALE_NAMES.items()},
    "female": {first: popular_first(names) for first, names in FEMALE_NAMES.items()},
}
_SYLLABLES = {"male": MALE_SYLLABLES, "female": FEMALE_SYLLABLES}
_KINDS = Weighted((("popular", 62.0), ("built", 31.0), ("pure", 3.5), ("one", 2.7), ("foreign", 0.8)))


def draw_name(gender: str, birth_year: int, rng: Random) -> tuple[str, str]:
    """Return family and given name; a foreigner's whole name is the given name, with an empty family name."""
    kind = _KINDS.draw(rng)
    if kind == "foreign":
        return "", rng.choice(FOREIGN_NAMES[gender])
    return _FAMILY.draw(rng), _given(kind, gender, birth_year, rng)


def _given(kind: str, gender: str, birth_year: int, rng: Random) -> str:
    if kind == "pure":
        return rng.choice(PURE_KOREAN_NAMES[gender])
    if kind == "one":
        return rng.choice(ONE_SYLLABLE_NAMES[gender])
    if kind == "built":
        first, second = (rng.choice(syllables) for syllables in _SYLLABLES[gender])
        if first != second:
            return first + second
    return _POPULAR[gender][_generation(birth_year)].draw(rng)


def _generation(birth_year: int) -> int:
    return _GENERATIONS[max(0, bisect_right(_GENERATIONS, birth_year) - 1)]
