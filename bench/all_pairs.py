"""The best that could be had of all possible pairs, quotas being one: SciPy's answer, independent of the engine's."""

import numpy as np
from scipy.optimize import linear_sum_assignment
from tqdm import tqdm

from matching.engine.excluding import Excluded
from matching.engine.market import Market
from matching.engine.scoring import score_pairs
from matching.engine.settings import EngineSettings

ROWS = 50


def best_of_all(market: Market, settings: EngineSettings, excluded: Excluded) -> float:
    """Return the best total, exactly, by dense assignment: 8 bytes for each pair, and n³ at worst."""
    women = np.arange(len(market.women))
    worth = np.zeros((len(market.men), len(women)))
    for first in tqdm(range(0, len(worth), ROWS), disable=None, leave=False):
        men = np.arange(first, min(first + ROWS, len(worth)))
        a, b = (each.ravel() for each in np.meshgrid(men, women, indexing="ij"))
        scores = score_pairs(market, a, b)
        values = scores.mutual + settings.fairness * (market.men.wait[a] + market.women.wait[b])
        worth[men] = np.where(scores.reach(settings.floor), values, 0).reshape(len(men), -1)
    worth[excluded.a, excluded.b] = 0
    np.negative(worth, out=worth)
    return float(-worth[linear_sum_assignment(worth)].sum())
