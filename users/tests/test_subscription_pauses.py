"""Pause and resume: time stands still in between."""

from datetime import timedelta

import pytest
from django.utils import timezone

from users.models import UserAccessAudit, UserSubscription
from users.models.status import VerbRefusedError
from users.subscriptions.plans import Terms
from users.tests.subscribing import as_read, last_record, subscribed
from ygs_admin.db.row_version import RowConflictError

pytestmark = pytest.mark.django_db


@pytest.fixture
def subscription(make_member):
    return subscribed(make_member())


def paused_for(subscription, days, by):
    subscription.pause(by=by, reason="출장")
    UserSubscription.objects.filter(pk=subscription.pk).update(paused_at=timezone.now() - timedelta(days=days))
    subscription.resume(by=by)


def test_the_time_paused_is_added_to_the_end(subscription, consultant):
    ends = subscription.expires_at
    paused_for(subscription, 10, consultant)
    assert (subscription.status, subscription.paused_at) == ("active", None)
    assert timedelta(days=10) <= subscription.expires_at - ends < timedelta(days=10, minutes=1)


def test_each_is_recorded_once(subscription, consultant):
    rows = UserAccessAudit.objects.count()
    assert subscription.pause(by=consultant, reason="출장") is True
    assert subscription.pause(by=consultant, reason="출장") is False
    assert (last_record(subscription).reason, last_record(subscription).detail["status"]) == (
        "출장",
        ["active", "paused"],
    )
    assert subscription.resume(by=consultant) is True
    assert subscription.resume(by=consultant) is False
    assert last_record(subscription).detail["status"] == ["paused", "active"]
    assert UserAccessAudit.objects.count() == rows + 2


def test_days_left_stand_still(subscription, consultant):
    now = timezone.now()
    paused_at, expires_at = now - timedelta(days=50), now + timedelta(days=50)
    UserSubscription.objects.update(status="paused", paused_at=paused_at, expires_at=expires_at)
    subscription.refresh_from_db()
    assert subscription.days_left == 100


def test_the_pauses_of_the_term_are_added_up(subscription, consultant):
    paused_for(subscription, 10, consultant)
    paused_for(subscription, 5, consultant)
    assert subscription.paused_before().days == 15


def test_pauses_of_an_earlier_term_do_not_count(subscription, consultant):
    paused_for(subscription, 10, consultant)
    subscription.pause(by=consultant, reason="출장")
    UserSubscription.objects.update(status="canceled")
    member = subscription.user
    again = UserSubscription.start(member, Terms.of("basic"), by=consultant)
    assert again.paused_before() == timedelta()


def test_one_without_an_end_is_resumed(subscription, consultant):
    UserSubscription.objects.update(expires_at=None)
    paused_for(subscription, 3, consultant)
    assert (subscription.expires_at, subscription.status) == (None, "active")


@pytest.mark.parametrize("status", ["expired", "canceled", "frozen"])
def test_only_what_runs(subscription, consultant, status):
    UserSubscription.objects.update(status=status)
    for verb in (lambda: subscription.pause(by=consultant, reason="x"), lambda: subscription.resume(by=consultant)):
        with pytest.raises(VerbRefusedError):
            verb()


def test_what_is_over_is_not_paused(subscription, consultant):
    UserSubscription.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(VerbRefusedError):
        subscription.pause(by=consultant, reason="x")


def test_a_deleted_one_is_restored_first(subscription, consultant):
    subscription.soft_delete(by=None)
    with pytest.raises(VerbRefusedError):
        subscription.pause(by=consultant, reason="x")


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_a_page_that_is_out_of_date_decides_nothing(make_member, consultant):
    subscription = subscribed(make_member())
    version = as_read(subscription).row_version
    UserSubscription.objects.update(auto_renew=True)
    with pytest.raises(RowConflictError):
        subscription.pause(by=consultant, reason="x", version=version)
    assert UserSubscription.objects.get().status == "active"
