"""The assignment against independent solvers, on 200 random markets with quotas, pins, missing pairs and ties."""

import numpy as np
import pytest

from matching.engine.assignment import QUANTUM, quanta

from .markets import random_market
from .oracles import by_dense_assignment, by_integer_programme, by_sparse_assignment, most_kept

SEEDS = range(200)


@pytest.mark.parametrize("seed", SEEDS)
def test_total_is_the_best_under_quotas_and_pins(seed):
    market = random_market(seed)
    chosen = market.assign()
    men, women = market.taken(chosen)
    assert (men <= market.quota_a).all()
    assert (women <= market.quota_b).all()
    assert chosen[market.pinned].all()
    if len(chosen):
        assert market.total(chosen) == pytest.approx(by_integer_programme(market), abs=QUANTUM * (1 + chosen.sum()))


@pytest.mark.parametrize("seed", SEEDS)
def test_total_is_that_of_exact_assignments_for_quota_one(seed):
    market = random_market(seed, most=60, most_quota=1)
    market = market._replace(pinned=np.zeros_like(market.pinned))
    chosen = market.assign()
    close = pytest.approx(market.total(chosen), abs=QUANTUM * (1 + chosen.sum()))
    assert by_dense_assignment(market) == close
    assert by_sparse_assignment(market) == close


@pytest.mark.parametrize("seed", range(0, 200, 3))
def test_among_the_best_it_keeps_most_of_before(seed):
    market = random_market(seed, most=12)
    chosen = market.assign()
    if len(chosen):
        assert (chosen & market.previous).sum() == most_kept(market, quanta(market.values()))
