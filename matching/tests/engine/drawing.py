"""Members as hypothesis draws them: few different values, so that wishes meet, miss and just miss them."""

from hypothesis import strategies as st

from matching.engine.members import GROUPS, Answers, MemberRecord, Wishes

from .reference import DRINKING, EDUCATIONS, SALARIES

DISTRICTS = ("서울 강남구", "서울 마포구", "경기 성남시", "부산 해운대구", "경남 창원시", "전북 전주시", "제주 제주시")
RELIGIONS = ("none", "protestant", "catholic", "buddhist")
SMOKING = ("never", "vaping", "quitting", "regular")
HISTORIES = ("never_married", "divorced", "widowed")
TYPES = ("INTJ", "INTP", "ENTJ", "ESFP")


def some(values: tuple[str, ...] | list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple))


def one(values: tuple[str, ...] | list[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), st.sampled_from(values))


wishes = st.builds(
    Wishes,
    birth_year_min=st.one_of(st.none(), st.integers(1980, 1990)),
    birth_year_max=st.one_of(st.none(), st.integers(1985, 1996)),
    height_min=st.one_of(st.none(), st.integers(155, 175)),
    height_max=st.one_of(st.none(), st.integers(165, 185)),
    education_min=one([*EDUCATIONS, "postdoc"]),
    salary_min=one(SALARIES),
    districts=some((*DISTRICTS, "서울", "부산")),
    religions=some(RELIGIONS),
    smoking=some(SMOKING),
    drinking=some(DRINKING),
    marital_histories=some(HISTORIES),
    mbti=some(TYPES),
    must_have=st.frozensets(st.sampled_from(GROUPS), max_size=3),
    weights=st.dictionaries(st.sampled_from(GROUPS), st.integers(1, 5), max_size=4),
)
answers = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda pair: Answers(min(pair), max(pair)))


def members(number: int) -> st.SearchStrategy[MemberRecord]:
    """Draw a member with an id of this number."""
    return st.builds(
        MemberRecord,
        id=st.just(f"usr_{number:026d}"),
        gender=st.sampled_from(("male", "female")),
        birth_year=st.integers(1978, 1998),
        height=st.one_of(st.none(), st.integers(150, 190)),
        education=one([*EDUCATIONS, "bootcamp"]),
        salary_range=one(SALARIES),
        district=one(DISTRICTS),
        religion=one(RELIGIONS),
        smoking=one(SMOKING),
        drinking=one(DRINKING),
        marital_history=one(HISTORIES),
        mbti=one(TYPES),
        wishes=wishes,
        quota=st.integers(0, 2),
        weeks_waiting=st.floats(0, 40),
        gave=answers,
        got=answers,
        introductions=st.integers(0, 20),
    )


@st.composite
def markets(draw: st.DrawFn, most: int = 14) -> list[MemberRecord]:
    return [draw(members(number)) for number in range(draw(st.integers(0, most)))]


@st.composite
def couples(draw: st.DrawFn) -> tuple[MemberRecord, MemberRecord]:
    """Draw a man and a woman, either first."""
    first, second = draw(members(1)), draw(members(2))
    return draw(st.permutations([first._replace(gender="male"), second._replace(gender="female")]))
