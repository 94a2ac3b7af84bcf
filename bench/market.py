"""`python -m bench.market`: rounds of a simulated market, by the engine and by what it is compared with.

Members answer by tastes that nobody knows (`bench.tastes`), the same for each policy. Each policy runs 30 rounds: all
choose from the same possible pairs by the same scores, which learn from the answers so far, or, in the second half of
the table, do not. Printed are the mean and the standard deviation over the seeds, and in how many of them the engine
did better: in mutual acceptances, and in the share of members served.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pool
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from matching.engine.members import Answers, MemberRecord
from matching.engine.settings import EngineSettings

from .people import draw_people
from .policies import POLICIES, Situation, possible
from .tastes import Tastes


class Outcome(NamedTuple):
    """`longest_wait` is of those who had a possible partner left, in weeks."""

    mutual: float
    served: float
    longest_wait: float


MEASURES = {"mutual": "mutual acceptances", "served": "share with one or more", "longest_wait": "longest wait, weeks"}


@dataclass(frozen=True)
class Case:
    policy: str
    learns: bool
    seed: int
    members: int
    rounds: int
    settings: EngineSettings


class Side:
    """What n members have gone through: introductions, answers, how often both accepted, weeks without one."""

    def __init__(self, members: list[MemberRecord]) -> None:
        self.members = members
        self.answered, self.gave, self.got, self.mutual = (np.zeros(len(members), np.int64) for _each in range(4))
        self.weeks = np.zeros(len(members))

    def records(self, *, learns: bool) -> list[MemberRecord]:
        columns = (column.tolist() for column in (self.weeks, self.gave, self.got, self.answered))
        return [
            member._replace(weeks_waiting=weeks, gave=Answers(gave, answered), got=Answers(got, answered))
            if learns
            else member._replace(weeks_waiting=weeks)
            for member, weeks, gave, got, answered in zip(self.members, *columns, strict=True)
        ]

    def note(self, places: NDArray[np.integer], gave: NDArray[np.bool_], got: NDArray[np.bool_]) -> None:
        """Take one round's introductions, each member's at most one."""
        self.answered[places] += 1
        self.gave[places] += gave
        self.got[places] += got
        self.mutual[places] += gave & got
        self.weeks += 1
        self.weeks[places] = 0


def play(case: Case) -> Outcome:
    tastes = Tastes.of(draw_people(case.members, case.seed), case.seed)
    men, women = Side(tastes.men), Side(tastes.women)
    met = np.zeros(tastes.he_would.shape, bool)
    longest = 0.0
    for number in range(case.rounds):
        now = Situation(
            men.records(learns=case.learns), women.records(learns=case.learns), met.copy(), case.settings, number
        )
        a, b = POLICIES[case.policy](now)
        met[a, b] = True
        his, hers = tastes.he_would[a, b], tastes.she_would[a, b]
        men.note(a, his, hers)
        women.note(b, hers, his)
        _market, edges, _scores = possible(now)
        longest = max(longest, men.weeks[edges.a].max(initial=0), women.weeks[edges.b].max(initial=0))
    mutual = np.concatenate([men.mutual, women.mutual])
    return Outcome(int(men.mutual.sum()), float((mutual > 0).mean()), longest)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.market", description=__doc__)
    parser.add_argument("--members", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=0, help="for seeds by which nothing was chosen")
    parser.add_argument("--fairness", type=float, default=EngineSettings.fairness)
    parser.add_argument("--floor", type=float, default=EngineSettings.floor)
    options = parser.parse_args()
    settings = EngineSettings(fairness=options.fairness, floor=options.floor)
    cases = [
        Case(policy, learns, seed, options.members, options.rounds, settings)
        for learns in (True, False)
        for policy in POLICIES
        for seed in range(options.first_seed, options.first_seed + options.seeds)
        if learns or policy != "random"
    ]
    with Pool() as pool:
        outcomes = list(tqdm(pool.imap(play, cases), total=len(cases), disable=None))
    for line in _table(cases, outcomes):
        print(line)


def _table(cases: list[Case], outcomes: list[Outcome]) -> Iterator[str]:
    rows: dict[tuple[str, bool], list[Outcome]] = {}
    for case, outcome in zip(cases, outcomes, strict=True):
        rows.setdefault((case.policy, case.learns), []).append(outcome)
    ours = np.array(rows["engine", True])
    yield f"{'':30}" + "".join(f"{title:>28}" for title in MEASURES.values()) + "   engine better in"
    for (policy, learns), row in rows.items():
        found = np.array(row)
        shown = "".join(
            f"{mean:>18.3f} ± {spread:7.3f}" for mean, spread in zip(found.mean(0), found.std(0), strict=True)
        )
        wins = (ours > found).sum(axis=0)
        said = "" if found is ours else f"   {wins[0]}, {wins[1]} of {len(row)}"
        yield f"{policy + ('' if learns else ', not learning'):30}{shown}{said}"


if __name__ == "__main__":
    main()
