"""What a round came to, as plain JSON."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .acceptance import MOST
from .baselines import greedy
from .contest import Contest
from .market import FEMALE, MALE, Side
from .measures import coverage, gini, longest_wait, lorenz_curve
from .phases import Phases
from .results import LeftOut
from .settings import EngineSettings

BINS = 20


def summarize(
    contest: Contest, settings: EngineSettings, bound: float, left_out: Sequence[LeftOut], phases: Phases
) -> dict[str, Any]:
    """Return the summary of a round: shares in [0, 1], waits in weeks, memory in MB at its highest so far.

    `priors` are what `settings.priors` must be to score single pairs as this round did.
    """
    market, scores = contest.market, contest.edges.score[contest.chosen]
    by_gender = dict(
        zip((MALE, FEMALE), zip((market.men, market.women), contest.introductions, strict=True), strict=True)
    )
    exposure = {gender: _exposure(side, given) for gender, (side, given) in by_gender.items()}
    return {
        "settings": asdict(settings),
        "priors": asdict(market.priors),
        "eligible": {gender: len(side) for gender, (side, _given) in by_gender.items()},
        "candidates": len(contest.edges),
        "pairs": len(scores),
        "pinned": int(contest.pinned.sum()),
        "as_before": int(contest.edges.where(contest.chosen).among(contest.previous).sum()),
        "coverage": {gender: coverage(given, side.quota) for gender, (side, given) in by_gender.items()},
        "score": {"total": float(scores.sum()), "mean": _mean(scores), "histogram": _histogram(scores)},
        "objective": _objective(contest, bound),
        "longest_wait": {gender: _longest_wait(side, given) for gender, (side, given) in by_gender.items()},
        "exposure_gini": {gender: gini(times) for gender, times in exposure.items()},
        "exposure_curve": {gender: lorenz_curve(times) for gender, times in exposure.items()},
        "left_out": dict(sorted(Counter(each.reason for each in left_out).items())),
        "phases": phases.measured,
    }


def _objective(contest: Contest, bound: float) -> dict[str, float]:
    """Return the total, what taking the best pair again and again would reach, and what no set of pairs exceeds.

    Pins are given in all three. `loss_at_most` is the share of the bound that the round may have missed.
    """
    rest = contest.rest
    by_greedy = greedy(rest.edges, value=rest.values, quota_a=rest.quota_a, quota_b=rest.quota_b)
    return {
        "total": contest.total,
        "greedy": rest.given + float(rest.values[by_greedy].sum()),
        "bound": bound,
        "loss_at_most": max(1 - contest.total / bound, 0.0) if bound > 0 else 0.0,
    }


def _mean(scores: NDArray[np.float64]) -> float | None:
    return float(scores.mean()) if len(scores) else None


def _histogram(scores: NDArray[np.float64]) -> list[int]:
    """Count the pairs by score, in equal parts from 0 to the most that there is."""
    counts, _edges = np.histogram(np.minimum(scores, MOST), bins=BINS, range=(0, MOST))
    return [int(count) for count in counts]


def _longest_wait(side: Side, given: NDArray[np.int64]) -> float:
    weeks = np.array([member.weeks_waiting for member in side.members], np.float64)
    return longest_wait(np.nan_to_num(weeks), given, side.quota)


def _exposure(side: Side, given: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how often each member has been introduced, earlier and in this round."""
    return np.array([member.introductions for member in side.members], np.float64) + given
