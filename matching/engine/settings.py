"""How a round is solved."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EngineSettings:
    """`fairness` is λ of the objective, `floor` the least directional score of a pair, both in [0, 1].

    `candidates` is K: how many of the best partners of each member enter the assignment.
    """

    quota: int = 1
    fairness: float = 0.1
    floor: float = 0.2
    candidates: int = 30
    seed: int = 1
