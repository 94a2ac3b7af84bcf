"""One past round, scored by what was known before it, and decided again in other ways.

Wishes and profiles are those of today: no table says what they were. Answers, and how long somebody had waited, are
those of then.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matching.engine.baselines import greedy, random_pairs
from matching.engine.competing import NO_PAIRS, competing
from matching.engine.contest import Contest
from matching.engine.excluding import Excluded
from matching.engine.improving import improve
from matching.engine.market import Market
from matching.engine.members import Answers, MemberRecord
from matching.engine.results import Pair
from matching.engine.scoring import score_pairs
from matching.engine.settings import EngineSettings
from matching.models.introduction import MatchHistory
from matching.rounds.past import pasts
from matching.rounds.records import records
from users.models import User

from .past_rounds import PastPair, PastRound

Scores = NDArray[np.float64]
PARTNERS = 1_000
"""How many possible partners of each member the other rounds choose from: of everybody's few best, chance would do well
too, and greedy would run out of them."""


@dataclass(frozen=True, eq=False)
class Replayed:
    """`scores` of the introductions, and what they were without any answers; `choices` are the scores of other rounds.

    Those other rounds are of the same members, each as often as then.
    """

    label: str
    as_of: datetime
    pairs: list[PastPair]
    scores: Scores
    scores_without_answers: Scores
    choices: dict[str, Scores]


def replay(past: PastRound) -> Replayed:
    """Score and decide a round again; pairs of members of whom nothing is left are passed over."""
    members = _members(past)
    settings = replace(past.settings, quota=max((member.quota for member in members), default=1), priors=None)
    market = Market.of(members, settings)
    placed = [(pair, *at) for pair in past.pairs if (at := _place(market, pair)) is not None]
    a, b = (np.array([row[side] for row in placed], np.int32) for side in (1, 2))
    stranger = Market.of([member._replace(gave=Answers(), got=Answers()) for member in members], settings)
    return Replayed(
        label=past.label,
        as_of=past.as_of,
        pairs=[pair for pair, *_place in placed],
        scores=score_pairs(market, a, b).mutual,
        scores_without_answers=score_pairs(stranger, a, b).mutual,
        choices=_choices(market, settings, Excluded.of(market, _met(past))),
    )


def _members(past: PastRound) -> list[MemberRecord]:
    """Return whoever was introduced in the round, as known before it, with as many introductions as there were."""
    counts = Counter(user_id for pair in past.pairs for user_id in (pair.a, pair.b))
    ids = list(counts)
    chunks = records(
        User.all_objects.filter(pk__in=ids),
        pasts(ids, as_of=past.as_of),
        quota=lambda user_id, _in_subscription: counts[user_id],
        as_of=past.as_of,
    )
    return [member for chunk in chunks for member in chunk]


def _place(market: Market, pair: PastPair) -> tuple[int, int] | None:
    """Return the positions of the man and of the woman."""
    men, women = market.men.position, market.women.position
    for man, woman in ((pair.a, pair.b), (pair.b, pair.a)):
        if man in men and woman in women:
            return men[man], women[woman]
    return None


def _met(past: PastRound) -> set[Pair]:
    """Return the earlier introductions of the members of a round."""
    ids = {user_id for pair in past.pairs for user_id in (pair.a, pair.b)}
    earlier = MatchHistory.all_objects.ever_introduced(past.as_of).filter(user_a__in=ids, user_b__in=ids)
    return set(earlier.values_list("user_a_id", "user_b_id"))


def _choices(market: Market, settings: EngineSettings, met: Excluded) -> dict[str, Scores]:
    """Return the scores of the pairs that the engine, greedy and chance would have introduced."""
    candidates = competing(market, replace(settings, candidates=PARTNERS), met, lambda _done, _total: None)
    contest = Contest.decide(market, candidates, NO_PAIRS, NO_PAIRS, settings.fairness, lambda: None)
    contest, _bound = improve(contest, settings, met, lambda _done, _total: None)
    edges, quotas = contest.edges, {"quota_a": market.men.quota, "quota_b": market.women.quota}
    return {
        "engine": edges.score[contest.chosen],
        "greedy": edges.score[greedy(edges, value=edges.score, **quotas)],
        "random": edges.score[random_pairs(edges, seed=settings.seed, **quotas)],
    }
