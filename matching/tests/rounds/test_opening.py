"""Opening a round and its settings."""

from datetime import date

import pytest

from matching.models import MatchWeek
from users.models import Action, UserAccessAudit
from users.models.status import VerbRefusedError

pytestmark = pytest.mark.django_db


def records_of(week):
    return list(UserAccessAudit.objects.filter(resource_id=week.pk).order_by("created_at", "id"))


def test_a_round_is_opened_on_the_days_of_its_week(matchmaker):
    week = MatchWeek.open(by=matchmaker, iso_year=2026, iso_week=53, settings={"quota": 2})
    assert (week.starts_on, week.ends_on, str(week)) == (date(2026, 12, 28), date(2027, 1, 3), "2026-W53")
    assert week.round_settings.quota == 2
    assert week.round_settings.answer_days == 5
    assert [(row.action, row.actor_id) for row in records_of(week)] == [(Action.CREATE, matchmaker.pk)]


def test_opened_again_it_is_the_same(matchmaker):
    week = MatchWeek.open(by=matchmaker, iso_year=2026, iso_week=48)
    assert MatchWeek.open(by=matchmaker, iso_year=2026, iso_week=48, settings={"quota": 3}) == week
    assert MatchWeek.objects.get().round_settings.quota == 1


def test_a_deleted_round_is_restored(matchmaker):
    week = MatchWeek.open(by=matchmaker, iso_year=2026, iso_week=48)
    week.delete()
    assert MatchWeek.open(by=matchmaker, iso_year=2026, iso_week=48) == week
    assert MatchWeek.objects.get() == week
    assert records_of(week)[-1].action == Action.RESTORE


@pytest.mark.parametrize(("year", "number"), [(2025, 53), (2026, 0), (2026, 54), (0, 1)])
def test_there_must_be_such_a_week(year, number):
    with pytest.raises(VerbRefusedError):
        MatchWeek.open(by=None, iso_year=year, iso_week=number)
    assert not MatchWeek.all_objects.exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"quota": 0},
        {"quota": 1.5},
        {"quota": True},
        {"minimum_score": 1.01},
        {"fairness_weight": "1"},
        {"answer_days": 91},
        {"tempo": 1},
        {"minimum_score": float("nan")},
    ],
)
def test_a_setting_must_fit(settings, week):
    with pytest.raises(VerbRefusedError):
        week.change_settings(by=None, settings=settings)
    week.refresh_from_db()
    assert week.round_settings.quota == 1


def test_settings_are_changed_and_recorded(week, matchmaker):
    assert week.change_settings(by=matchmaker, settings={"fairness_weight": 0.3})
    assert not week.change_settings(by=matchmaker, settings={"fairness_weight": 0.3})
    assert week.round_settings.engine.fairness == 0.3
    assert len(records_of(week)) == 2


def test_what_the_column_says_wrongly_is_the_default(week):
    week.settings = {"quota": "many", "seed": 7, "unknown": 1}
    assert (week.round_settings.quota, week.round_settings.seed) == (1, 7)
    week.settings = [1]
    assert week.round_settings.quota == 1


@pytest.mark.parametrize("status", ["generating", "published", "closed", "of a newer version"])
def test_settings_of_a_round_in_another_state_stay(week, status):
    MatchWeek.objects.update(status=status)
    with pytest.raises(VerbRefusedError):
        week.change_settings(by=None, settings={"quota": 2})
