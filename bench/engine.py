"""`python -m bench.engine --members 20000`: what a round costs, and how close it comes to the best there could be.

Draws so many members, half of them men, with skewed popularity, wishes and must-haves as the demo's, and earlier
introductions; proposes a round; and prints what each phase took and how the total compares with greedy, with what no
set of possible pairs exceeds and, up to 4,000 members or with --dense, with SciPy's dense assignment of all pairs.
"""

import argparse
from random import Random
from time import perf_counter, process_time
from typing import Any

from matching.engine.excluding import Excluded
from matching.engine.market import Market
from matching.engine.members import MemberRecord
from matching.engine.results import Pair
from matching.engine.settings import EngineSettings
from matching.engine.solving import solve

from .all_pairs import best_of_all
from .people import draw_people, with_history

MOST_FOR_DENSE = 4_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.engine", description=__doc__)
    parser.add_argument("--members", type=int, default=1_000)
    parser.add_argument("--candidates", type=int, default=EngineSettings.candidates)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dense", action="store_true", help="assign all pairs densely, however long it takes")
    options = parser.parse_args()
    settings = EngineSettings(candidates=options.candidates)
    members = list(with_history(draw_people(options.members, options.seed), options.seed))
    introduced = _introduced(members, options.seed)
    began, used = perf_counter(), process_time()
    summary = solve(members, settings, introduced=introduced).summary
    _report(summary, perf_counter() - began, process_time() - used)
    if options.dense or options.members <= MOST_FOR_DENSE:
        market = Market.of(members, settings)
        best = best_of_all(market, settings, Excluded.of(market, introduced))
        _print_ratio("the dense assignment of all pairs", summary["objective"]["total"], best)


def _introduced(members: list[MemberRecord], seed: int) -> list[Pair]:
    """Return as many earlier pairs as the men were introduced to."""
    rng = Random(seed)
    women = [member.id for member in members if member.gender == "female"]
    men = [member for member in members if member.gender == "male"]
    pairs = ((man.id, rng.choice(women)) for man in men for _each in range(int(man.gave.answered)))
    return [(min(pair), max(pair)) for pair in pairs]


def _report(summary: dict[str, Any], seconds: float, processor_seconds: float) -> None:
    served = ", ".join(f"{share:.1%} of the {gender}" for gender, share in summary["coverage"].items())
    print(f"{sum(summary['eligible'].values()):,} members, {summary['candidates']:,} candidate pairs")
    print(f"{summary['pairs']:,} pairs proposed: {served}\n")
    for name, phase in summary["phases"].items():
        print(f"{name:14} {phase['seconds']:9.2f} s   {phase['peak_mb'] / 1000:6.2f} GB at most so far")
    print(f"{'all':14} {seconds:9.2f} s   {processor_seconds:6.2f} s of processor time\n")
    objective = summary["objective"]
    _print_ratio("greedy", objective["total"], objective["greedy"])
    _print_ratio("the bound of all pairs", objective["total"], objective["bound"])


def _print_ratio(other: str, total: float, compared: float) -> None:
    print(f"objective over {other:34} {total / compared:.5f}")


if __name__ == "__main__":
    main()
