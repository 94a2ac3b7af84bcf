"""How a round is solved."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AcceptancePriors:
    """The mean rates, in (0, 1), at which members of a gender say yes, and are said yes to."""

    male_gives: float = 0.5
    female_gives: float = 0.5
    male_gets: float = 0.5
    female_gets: float = 0.5


@dataclass(frozen=True)
class EngineSettings:
    """`fairness` is λ of the objective, `floor` the least directional score of a pair, both in [0, 1].

    `candidates` is how many partners of each member enter the assignment at first. `seed` shuffles partners of
    equal score. `priors` are learned from the members of a round where they are not given; single pairs are then judged
    by even ones.
    """

    quota: int = 1
    fairness: float = 0.1
    floor: float = 0.2
    candidates: int = 30
    seed: int = 1
    priors: AcceptancePriors | None = None
