"""The circuit breaker of a replica."""

import pytest

from ygs_admin.db.replication.breaker import LONGEST_PAUSE, TRIAL_SECONDS, Breaker, State


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker("replica", clock)


def test_it_is_closed_until_something_fails(breaker):
    assert breaker.state is State.CLOSED
    assert breaker.allows()
    assert breaker.allows()


def test_after_a_failure_it_is_open_for_a_while(breaker, clock):
    breaker.fail()
    assert breaker.state is State.OPEN
    assert not breaker.allows()
    clock.now += 1.0
    assert breaker.state is State.HALF_OPEN


def test_half_open_it_allows_one_trial_and_closes_when_that_succeeds(breaker, clock):
    breaker.fail()
    clock.now += 1.0
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeed()
    assert breaker.state is State.CLOSED
    assert breaker.allows()


def test_what_was_under_way_when_it_opened_fails_together_and_makes_no_longer_pause(breaker, clock):
    for _ in range(8):
        breaker.fail()
    clock.now += 1.0
    assert breaker.state is State.HALF_OPEN


def test_what_had_read_before_the_failure_and_ends_well_closes_nothing(breaker):
    breaker.fail()
    breaker.succeed()
    assert breaker.state is State.OPEN


def test_half_open_a_trial_that_fails_opens_it_for_longer(breaker, clock):
    breaker.fail()
    clock.now += 1.0
    assert breaker.allows()
    breaker.fail()
    clock.now += 0.99
    assert breaker.state is State.OPEN
    clock.now += 1.01
    assert breaker.allows()


def test_a_trial_that_nobody_ends_is_followed_by_another(breaker, clock):
    breaker.fail()
    clock.now += 1.0
    assert breaker.allows()
    clock.now += TRIAL_SECONDS
    assert breaker.allows()


def test_each_failure_in_a_row_doubles_the_pause_up_to_half_a_minute(breaker, clock):
    for longest in (1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE):
        breaker.fail()
        clock.now += longest / 2 - 0.01
        assert breaker.state is State.OPEN
        clock.now += longest / 2 + 0.01
        assert breaker.state is State.HALF_OPEN


def test_not_all_of_them_come_back_at_the_same_moment(clock):
    breakers = [Breaker("replica", clock) for _ in range(50)]
    for each in breakers:
        each.fail()
    clock.now += 0.75
    assert 0 < sum(each.state is State.OPEN for each in breakers) < 50
