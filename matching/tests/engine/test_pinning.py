import pytest

from matching.engine.market import Market
from matching.engine.members import MemberRecord, Wishes
from matching.engine.pinning import PinImpossibleError, pins_of
from matching.engine.results import Pair
from matching.engine.settings import EngineSettings

MEMBERS = [MemberRecord(f"usr_{n}", ("male", "female")[n % 2], 1990, quota=1) for n in range(4)]
PICKY = MemberRecord("usr_5", "female", 1990, wishes=Wishes(mbti=("INTJ",), must_have=frozenset({"mbti"})))
FAR = MemberRecord("usr_7", "female", 1990, wishes=Wishes(birth_year_min=2010))
SETTINGS = EngineSettings()


def pins(
    *pairs: Pair, introduced: list[Pair] | None = None, forbidden: list[Pair] | None = None
) -> list[tuple[int, int]]:
    market = Market.of([*MEMBERS, PICKY, FAR], SETTINGS)
    edges = pins_of(market, pairs, SETTINGS, introduced=introduced or [], forbidden=forbidden or [])
    return list(zip(edges.a.tolist(), edges.b.tolist(), strict=True))


def test_pins_are_positions_each_once() -> None:
    assert pins(("usr_0", "usr_1"), ("usr_1", "usr_0"), ("usr_3", "usr_2")) == [(0, 0), (1, 1)]


def test_a_pin_may_fall_below_the_floor() -> None:
    assert pins(("usr_0", "usr_7")) == [(0, 3)]


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (("usr_0", "usr_2"), "gender"),
        (("usr_0", "usr_5"), "must_have"),
        (("usr_0", "usr_9"), "not_eligible"),
        (("usr_2", "usr_1"), "introduced"),
        (("usr_2", "usr_3"), "forbidden"),
    ],
)
def test_an_impossible_pin_is_named(pair: Pair, reason: str) -> None:
    with pytest.raises(PinImpossibleError) as refused:
        pins(pair, introduced=[("usr_1", "usr_2")], forbidden=[("usr_3", "usr_2")])

    assert refused.value.pair == tuple(sorted(pair))
    assert refused.value.reason == reason
    assert all(member_id in str(refused.value) for member_id in pair)


def test_more_pins_than_the_quota_are_refused() -> None:
    with pytest.raises(PinImpossibleError) as refused:
        pins(("usr_0", "usr_1"), ("usr_0", "usr_3"))

    assert (refused.value.pair, refused.value.reason) == (("usr_0", "usr_3"), "quota")
