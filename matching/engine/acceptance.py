"""What earlier answers say of a member: how readily they accept, and are accepted."""

from collections.abc import Sequence
from math import fsum, sqrt

from .members import Answers, MemberRecord
from .settings import AcceptancePriors

STRENGTH = 8.0
"""How many answers the prior weighs: a member's own rate counts half after so many."""
MOST = 2.0
"""The most that a score can be. Two new members who fit fully have 1; those whom people are glad to meet stand above.
Cut off at 1, answers would tell nobody apart among those who fit, who are the ones introduced (`bench/market.py`)."""
CAP = sqrt(MOST)
"""The most that one member's rate moves a score, up or down; two members together halve or double it at most."""


def acceptance_factor(answers: Answers, prior: float) -> float:
    """Return a member's rate over the mean one, smoothed; exactly 1 without answers.

    The posterior mean of a binomial rate under a Beta(sμ, s(1-μ)) prior (Gelman et al., Bayesian Data Analysis, 2.4):
    ``(accepted + sμ) / (answered + s)``. It is aware of exposure: of two members with the same rate, the one who was
    shown more often is moved further. Written as 1 plus a difference, so that a new member is neutral to the last bit.
    """
    answered = max(answers.answered, 0.0)
    accepted = min(max(answers.accepted, 0.0), answered)
    factor = 1 + (accepted - prior * answered) / (prior * (answered + STRENGTH))
    return min(max(factor, 1 / CAP), CAP)


def learned_priors(members: Sequence[MemberRecord]) -> AcceptancePriors:
    """Return the market's own rates (empirical Bayes: Casella, The American Statistician 39, 1985)."""
    men = [member for member in members if member.gender == "male"]
    women = [member for member in members if member.gender == "female"]
    return AcceptancePriors(
        male_gives=_mean_rate([man.gave for man in men]),
        female_gives=_mean_rate([woman.gave for woman in women]),
        male_gets=_mean_rate([man.got for man in men]),
        female_gets=_mean_rate([woman.got for woman in women]),
    )


def _mean_rate(answers: Sequence[Answers]) -> float:
    """Return the mean over all answers, an even rate where there are none; it is never quite 0 or 1."""
    answered = fsum(max(each.answered, 0.0) for each in answers)
    accepted = fsum(min(max(each.accepted, 0.0), max(each.answered, 0.0)) for each in answers)
    return (accepted + STRENGTH / 2) / (answered + STRENGTH)
