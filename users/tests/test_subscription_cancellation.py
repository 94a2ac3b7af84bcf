"""Cancel with its refund, and take that back."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from matching.models import MatchHistory
from users.models import SubscriptionSettlement, UserAccessAudit, UserSubscription
from users.models.status import VerbRefusedError
from users.models.written_once import AppendOnlyError
from users.subscriptions.refunds import Fault, Stage
from users.tests.subscribing import as_read, entries, last_record, subscribed
from ygs_admin.db.row_version import RowConflictError

pytestmark = pytest.mark.django_db


@pytest.fixture
def subscription(make_member):
    return subscribed(make_member(), starts_at=timezone.now() - timedelta(days=40))


@pytest.fixture
def introduced(subscription, make_member):
    """Return a function that introduces the member to somebody new."""

    def introduce(days_ago=30, **columns):
        pair = sorted([subscription.user_id, make_member().pk])
        moment = timezone.now() - timedelta(days=days_ago)
        columns = {"status": "introduced", "source": "manual", "introduced_at": moment} | columns
        return MatchHistory.objects.create(user_a_id=pair[0], user_b_id=pair[1], **columns)

    return introduce


def settle(subscription, by, **given):
    given = {"reason": "변심", "fault": Fault.MEMBER, "settled_krw": 621_000, "computed_krw": 621_000} | given
    return subscription.cancel(by=by, **given)


def test_it_ends_the_term_and_settles(subscription, manager):
    assert settle(subscription, manager) is True
    assert (subscription.status, subscription.auto_renew) == ("canceled", False)
    settlement = subscription.settlement()
    assert (settlement.settled_krw, settlement.computed_krw, settlement.fault) == (621_000, 621_000, "member")
    assert (settlement.actor_id, settlement.reason) == (manager.pk, "변심")
    row = last_record(subscription)
    assert (row.reason, row.detail["status"]) == ("변심", ["active", "canceled"])
    assert row.detail["settlement"] == {"fault": "member", "computed_krw": 621_000, "settled_krw": 621_000}


def test_money_is_settled_once(subscription, manager):
    settle(subscription, manager)
    assert settle(subscription, manager, settled_krw=1) is False
    assert SubscriptionSettlement.objects.count() == 1


def test_it_is_taken_back_with_its_settlement(subscription, manager):
    settle(subscription, manager)
    assert subscription.uncancel(by=manager) is True
    assert subscription.uncancel(by=manager) is False
    assert (subscription.status, subscription.canceled_at, subscription.settlement()) == ("active", None, None)
    assert sum(SubscriptionSettlement.objects.values_list("settled_krw", flat=True)) == 0
    assert [entry.kind for entry in entries(subscription)] == ["granted"]


def test_a_paused_one_is_paused_again(subscription, manager):
    subscription.pause(by=manager, reason="출장")
    settle(subscription, manager)
    subscription.uncancel(by=manager)
    assert subscription.status == "paused"


def test_it_is_not_taken_back_once_the_period_is_over(subscription, manager):
    settle(subscription, manager)
    UserSubscription.objects.update(expires_at=timezone.now())
    with pytest.raises(VerbRefusedError):
        subscription.uncancel(by=manager)


def test_one_that_the_app_canceled_is_taken_back_without_a_settlement(subscription, manager):
    UserSubscription.objects.update(status="canceled", canceled_at=timezone.now())
    assert subscription.uncancel(by=manager) is True
    assert not SubscriptionSettlement.objects.exists()


@pytest.mark.parametrize("status", ["expired", "frozen"])
def test_only_what_runs(subscription, manager, status):
    UserSubscription.objects.update(status=status)
    with pytest.raises(VerbRefusedError):
        settle(subscription, manager)
    with pytest.raises(VerbRefusedError):
        subscription.uncancel(by=manager)


@pytest.mark.parametrize(("fault", "amount"), [("member", 690_001), ("company", 828_001), ("member", -1)])
def test_an_amount_that_no_rule_gives_is_refused(subscription, manager, fault, amount):
    with pytest.raises(VerbRefusedError):
        settle(subscription, manager, fault=Fault(fault), settled_krw=amount)
    assert UserSubscription.objects.get().status == "active"
    assert not SubscriptionSettlement.objects.exists()


def test_where_the_price_is_unknown_staff_say_the_amount(subscription, manager):
    UserSubscription.objects.update(price_krw=None)
    subscription.refresh_from_db()
    assert subscription.refunds(timezone.now())[Fault.MEMBER].amount_krw is None
    assert settle(subscription, manager, settled_krw=5_000_000, computed_krw=None) is True


class TestFromTheRecordedTimes:
    def stage(self, subscription):
        return subscription.refunds(timezone.now())[Fault.MEMBER].stage

    def test_nothing_delivered(self, subscription):
        assert self.stage(subscription) == Stage.BEFORE_PROFILE

    def test_proposed_is_not_delivered(self, subscription, introduced):
        introduced(introduced_at=None, status="confirmed")
        assert self.stage(subscription) == Stage.BEFORE_PROFILE

    def test_introduced(self, subscription, introduced):
        introduced()
        assert self.stage(subscription) == Stage.BEFORE_DATE

    def test_a_date_is_fixed(self, subscription, introduced):
        introduced(date_fixed_at=timezone.now())
        assert self.stage(subscription) == Stage.BEFORE_MEETING

    def test_met(self, subscription, introduced):
        introduced(met_at=timezone.now())
        UserSubscription.objects.update(introductions_used=1)
        subscription.refresh_from_db()
        refund = subscription.refunds(timezone.now())[Fault.MEMBER]
        assert (refund.stage, refund.amount_krw) == (Stage.AFTER_MEETING, 441_600)

    def test_what_was_before_this_term_does_not_count(self, subscription, introduced):
        introduced(days_ago=41, date_fixed_at=timezone.now() - timedelta(days=41))
        assert self.stage(subscription) == Stage.BEFORE_PROFILE

    def test_what_is_deleted_does_not_count(self, subscription, introduced):
        introduced(met_at=timezone.now()).delete()
        assert self.stage(subscription) == Stage.BEFORE_PROFILE

    def test_what_others_did_does_not_count(self, subscription, make_member):
        pair = sorted([make_member().pk, make_member().pk])
        MatchHistory.objects.create(
            user_a_id=pair[0], user_b_id=pair[1], status="met", source="manual", met_at=timezone.now()
        )
        assert self.stage(subscription) == Stage.BEFORE_PROFILE

    def test_days_of_a_pause_do_not_count(self, make_member, manager):
        premium = subscribed(make_member(), "premium")
        premium.pause(by=manager, reason="출장")
        UserSubscription.objects.update(
            paused_at=timezone.now() - timedelta(days=30), starts_at=premium.starts_at - timedelta(days=40)
        )
        premium.resume(by=manager)
        met = timezone.now() - timedelta(days=1)
        pair = sorted([premium.user_id, make_member().pk])
        MatchHistory.objects.create(
            user_a_id=pair[0], user_b_id=pair[1], status="met", source="manual", met_at=met, introduced_at=met
        )
        steps = " ".join(premium.refunds(timezone.now())[Fault.MEMBER].steps)
        # 40 days have gone by, 30 of them paused; 405 lie between start and end, 30 of them paused.
        assert "395" in steps
        assert "405" in steps


@pytest.mark.parametrize("statement", ["UPDATE {} SET settled_krw = 0", "DELETE FROM {}", "TRUNCATE {}"])
def test_settlements_are_append_only_at_the_database(subscription, manager, statement):
    settle(subscription, manager)
    table = SubscriptionSettlement._meta.db_table
    with pytest.raises(DatabaseError, match="append only") as refused, transaction.atomic(), connection.cursor() as sql:
        sql.execute(statement.format(table))
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_settlements_are_append_only_in_python(subscription, manager):
    settle(subscription, manager)
    settlement = subscription.settlement()
    with pytest.raises(AppendOnlyError):
        settlement.save()
    with pytest.raises(AppendOnlyError):
        settlement.delete()


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_a_page_that_is_out_of_date_settles_nothing(make_member, manager):
    subscription = subscribed(make_member())
    version = as_read(subscription).row_version
    UserSubscription.objects.update(price_krw=1)
    rows = UserAccessAudit.objects.count()
    with pytest.raises(RowConflictError):
        settle(subscription, manager, version=version)
    assert UserAccessAudit.objects.count() == rows
    assert not SubscriptionSettlement.objects.exists()
