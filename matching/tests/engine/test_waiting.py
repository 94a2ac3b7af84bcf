import numpy as np
import pytest

from matching.engine.waiting import CAP_WEEKS, worth_of_waiting


def test_waiting_grows_ever_slower_up_to_the_cap():
    value = worth_of_waiting(np.arange(CAP_WEEKS + 1))
    steps = np.diff(value)
    assert value[0] == 0
    assert value[-1] == 1
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


@pytest.mark.parametrize(("weeks", "value"), [(-3, 0), (np.nan, 0), (CAP_WEEKS, 1), (1000, 1)])
def test_waiting_outside_its_range(weeks, value):
    assert worth_of_waiting([weeks]).tolist() == [value]
