"""Districts as members state them (`서울 강남구`), what lies near them, and the region that they belong to."""

from random import Random

from .draws import Weighted
from .place_table import AREAS, NEIGHBOURS, REACH, REACH_ELSEWHERE, REGIONS

_DISTRICTS_OF = {area: tuple(f"{area.split()[0]} {town}" for town, _size in towns) for area, towns in AREAS.items()}
_AREA_OF = {district: area for area, districts in _DISTRICTS_OF.items() for district in districts}
_BY_INHABITANTS = Weighted(
    (f"{province} {town}", inhabitants * REACH.get(province, REACH_ELSEWHERE))
    for area, towns in AREAS.items()
    for province in (area.split()[0],)
    for town, inhabitants in towns
)


def draw_district(rng: Random) -> str:
    return _BY_INHABITANTS.draw(rng)


def districts_near(district: str, reach: int) -> list[str]:
    """Return districts from the nearest area on: with `reach` 0 those of the own area, with more its neighbours."""
    own = _AREA_OF[district]
    return [near for area in (own, *NEIGHBOURS[own][:reach]) for near in _DISTRICTS_OF[area]]


def region_of(district: str | None) -> str:
    """Return the part of the country, `capital` where no district is stated."""
    return REGIONS[province_of(district)] if district else "capital"


def province_of(district: str) -> str:
    return district.split(maxsplit=1)[0]
