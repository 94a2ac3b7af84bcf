from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.leaving_out import sides
from matching.engine.market import Market
from matching.engine.members import GROUPS, MemberRecord, Wishes
from matching.engine.results import LeftOut, Pair
from matching.engine.settings import AcceptancePriors, EngineSettings

from . import reference
from .drawing import markets

PRIORS = AcceptancePriors(0.6, 0.3, 0.4, 0.55)
SETTINGS = EngineSettings(priors=PRIORS, quota=2)


def explained(members: list[MemberRecord], introduced: list[Pair], forbidden: list[Pair]) -> list[LeftOut]:
    market = Market.of(members, SETTINGS)
    men, women = sides(market, SETTINGS.floor, introduced=introduced, forbidden=forbidden)
    return [men.explain(i) for i in range(len(market.men))] + [women.explain(i) for i in range(len(market.women))]


def counted(member: MemberRecord, members: list[MemberRecord], introduced: list[Pair], forbidden: list[Pair]) -> list:
    """Count the partners left after each condition, one by one."""
    left = [other for other in members if {member.gender, other.gender} == {"male", "female"}]
    counts = [("gender", len(left))]
    stated = {group for other in members for group, _fit in reference.asked_fits(member, other)}
    for group in (group for group in GROUPS if group in stated & member.wishes.must_have):
        left = [other for other in left if group not in reference.broken(member, other)]
        counts.append((group, len(left)))
    left = [other for other in left if not reference.broken(other, member)]
    counts.append(("their_must_haves", len(left)))
    left = [other for other in left if reference.is_possible(member, other, SETTINGS, PRIORS)]
    counts.append(("floor", len(left)))
    for code, pairs in (("introduced", introduced), ("forbidden", forbidden)):
        left = [other for other in left if (member.id, other.id) not in pairs and (other.id, member.id) not in pairs]
        counts.append((code, len(left)))
    return counts


@settings(deadline=None, max_examples=200)
@given(markets(), st.randoms())
def test_the_counts_are_those_of_going_one_by_one(members: list[MemberRecord], random) -> None:
    pairs = [(a.id, b.id) for a in members for b in members if a.gender != b.gender and random.random() < 0.15]
    introduced, forbidden = pairs[::2], pairs[1::2]
    by_id = {member.id: member for member in members}

    for found in explained(members, introduced, forbidden):
        member = by_id[found.id]
        if member.quota == 0:
            assert found == LeftOut(member.id, "quota", ())
            continue
        expected = counted(member, members, introduced, forbidden)
        assert list(found.remaining) == expected
        assert found.reason == next((code for code, count in expected if count == 0), "outbid")
        assert (found.best_score is None) == (found.reason != "outbid")


MAN = MemberRecord("usr_1", "male", 1990, height=170)
WOMAN = MemberRecord("usr_2", "female", 1990, mbti="INTJ")


def test_the_first_condition_that_leaves_nobody_is_the_reason() -> None:
    tall = Wishes(height_min=180, smoking=("never",), must_have=frozenset({"height", "smoking"}))
    _man, woman = explained([MAN, WOMAN._replace(wishes=tall)], [], [])

    assert woman.reason == "height"
    assert woman.remaining[:3] == (("gender", 1), ("height", 0), ("smoking", 0))
    assert explained([MAN], [], [])[0].reason == "gender"


def test_who_was_outbid_is_told_the_best_score() -> None:
    man, _woman = explained([MAN, WOMAN], [], [])

    assert (man.reason, man.best_score) == ("outbid", 0.5)
