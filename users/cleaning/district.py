"""Districts: province in its short form, then city or district, such as `서울 강남구`."""

from .text import line

PROVINCES = {
    "서울": ("서울특별시", "서울시"),
    "부산": ("부산광역시", "부산시"),
    "대구": ("대구광역시", "대구시"),
    "인천": ("인천광역시", "인천시"),
    "광주": ("광주광역시",),
    "대전": ("대전광역시", "대전시"),
    "울산": ("울산광역시", "울산시"),
    "세종": ("세종특별자치시", "세종시"),
    "경기": ("경기도",),
    "강원": ("강원특별자치도", "강원도"),
    "충북": ("충청북도",),
    "충남": ("충청남도",),
    "전북": ("전북특별자치도", "전라북도"),
    "전남": ("전라남도",),
    "경북": ("경상북도",),
    "경남": ("경상남도",),
    "제주": ("제주특별자치도", "제주도"),
}
SHORT_FORMS = {long: short for short, longs in PROVINCES.items() for long in longs}


def district(value: str) -> str:
    """Return `서울 강남구` for `서울특별시  강남구`; what has no known province stays as it stands.

    `광주시` alone is left: it is a city in Gyeonggi as well as a metropolis.
    """
    first, *rest = line(value).split(" ")
    return " ".join([SHORT_FORMS.get(first, first), *rest])
