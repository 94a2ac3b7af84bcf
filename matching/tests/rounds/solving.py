"""A stand-in for the engine: the first man and the first woman who may meet, and so on."""

from matching.engine.results import OUTBID, Direction, LeftOut, PairExplanation, ProposedPair, RoundResult
from matching.models.forbidden_pair import ordered

DIRECTION = Direction(score=0.5, preference=0.5, acceptance=1.0, groups=())
EXPLANATION = PairExplanation(score=0.5, a_to_b=DIRECTION, b_to_a=DIRECTION)


def solve_simply(loaded, settings, progress):
    """Propose pairs of the loaded members, telling of each phase as the engine does."""
    quotas = {member.id: member.quota for member in loaded.members}
    progress("candidates", 0, len(quotas))
    pairs = []
    for pair in loaded.pinned:
        _take(pairs, quotas, pair, is_pinned=True)
    men, women = (sorted(m.id for m in loaded.members if m.gender == gender) for gender in ("male", "female"))
    progress("assignment", 0, len(men))
    for man in men:
        for woman in women:
            pair = ordered(man, woman)
            if quotas[man] and quotas[woman] and pair not in loaded.introduced | loaded.forbidden:
                _take(pairs, quotas, pair, is_pinned=False)
    progress("explaining", 0, len(pairs))
    paired = {user_id for pair in pairs for user_id in (pair.a, pair.b)}
    left_out = [LeftOut(key, OUTBID, (("gender", 1),), 0.4) for key in quotas if key not in paired]
    return RoundResult(tuple(pairs), tuple(left_out), {"pairs": len(pairs)})


def _take(pairs, quotas, pair, *, is_pinned):
    for user_id in pair:
        quotas[user_id] -= 1
    pairs.append(ProposedPair(*pair, 0.5, is_pinned, EXPLANATION))
