"""Pairs of a market as they are answered: named, explained, best first."""

from collections.abc import Iterable

from .explaining import explain_pair, turned
from .market import Market
from .results import PairExplanation, ProposedPair


def proposed(market: Market, man: int, woman: int, *, is_pinned: bool = False) -> ProposedPair:
    """Return the pair with the smaller id first, as it is stored, and its explanation turned the same way."""
    ids = market.men.members[man].id, market.women.members[woman].id
    explanation: PairExplanation = explain_pair(market, man, woman)
    if ids[1] < ids[0]:
        ids, explanation = ids[::-1], turned(explanation)
    return ProposedPair(*ids, explanation.score, is_pinned, explanation)


def best_first(pairs: Iterable[ProposedPair]) -> list[ProposedPair]:
    return sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))
