"""How near two districts are, by their provinces."""

METROPOLITAN_AREAS = (
    frozenset({"서울", "인천", "경기"}),
    frozenset({"부산", "울산", "경남"}),
    frozenset({"대구", "경북"}),
    frozenset({"대전", "세종", "충남", "충북"}),
    frozenset({"광주", "전남"}),
)
"""Provinces around one city, between which people commute (the areas of the Act on metropolitan transport, 대도시권
광역교통 관리에 관한 특별법 시행령 별표 1)."""
NEAR = 0.5


def district_nearness(asked: str, district: str) -> float:
    """1 in the district (or anywhere in a province that is asked for as a whole), half in its province or area."""
    wished, own = asked.split(maxsplit=1), district.split(maxsplit=1)
    if asked == district or (wished and wished == own[:1]):
        return 1
    return NEAR if wished and own and _are_near(wished[0], own[0]) else 0


def _are_near(province: str, other: str) -> bool:
    return province == other or any({province, other} <= area for area in METROPOLITAN_AREAS)
