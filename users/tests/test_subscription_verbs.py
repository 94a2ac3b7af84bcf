"""Start, change plan, extend, expire."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from users.models import Action, UserAccessAudit, UserSubscription
from users.models.status import VerbRefusedError
from users.subscriptions.plans import OFFERS, Terms, add_months
from users.tasks.subscriptions import expire_subscriptions
from users.tests.subscribing import adds_up, as_read, entries, last_record, subscribed
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.db.soft_delete import DeletedRowExistsError
from ygs_admin.demo.population import memberships

pytestmark = pytest.mark.django_db

PAST = timedelta(days=1)

# A row's version is its transaction's, and most tests are one transaction.
in_transactions = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


def test_the_price_list_is_the_one_of_the_demo():
    sold = (memberships.TRIAL, memberships.BASIC, memberships.STANDARD, memberships.PREMIUM)
    assert {plan.name: tuple(plan[1:]) for plan in sold} == OFFERS


class TestStart:
    def test_a_first_term(self, member, consultant):
        subscription = UserSubscription.start(member, Terms.of("basic"), by=consultant)
        assert (subscription.status, subscription.plan, subscription.price_krw) == ("active", "basic", 690_000)
        assert (subscription.introductions_total, subscription.introductions_used) == (5, 0)
        assert subscription.expires_at == add_months(subscription.starts_at, 6)
        row = last_record(subscription)
        assert (row.action, row.resource_id, row.actor_id) == (Action.CREATE, subscription.pk, consultant.pk)
        assert row.detail["plan"] == [None, "basic"]
        assert [(entry.kind, entry.delta) for entry in entries(subscription)] == [("granted", 5)]

    def test_other_terms_than_the_list(self, member, consultant):
        subscription = UserSubscription.start(member, Terms("standard", 3, None, 0), by=consultant, auto_renew=True)
        assert (subscription.introductions_total, subscription.price_krw, subscription.auto_renew) == (None, 0, True)

    def test_not_while_one_runs(self, member, consultant):
        subscribed(member)
        with pytest.raises(VerbRefusedError):
            UserSubscription.start(member, Terms.of("premium"), by=consultant)
        assert UserSubscription.objects.get(user=member).plan == "basic"

    @pytest.mark.parametrize("status", ["expired", "canceled"])
    def test_the_next_one_takes_the_row_over_and_what_was_left_lapses(self, member, consultant, status):
        first = subscribed(member, introductions_used=2, status=status, canceled_at=timezone.now())
        second = UserSubscription.start(member, Terms.of("standard"), by=consultant)
        assert second.pk == first.pk
        assert (second.status, second.introductions_used, second.canceled_at) == ("active", 0, None)
        changes = [(entry.kind, entry.delta) for entry in entries(second)]
        assert changes == [("granted", 5), ("corrected", -2), ("carried", -3), ("granted", 12)]
        assert adds_up(second)

    def test_a_deleted_row_holds_the_place(self, member, consultant):
        subscription = subscribed(member)
        subscription.soft_delete(by=None)
        with pytest.raises(DeletedRowExistsError):
            UserSubscription.start(member, Terms.of("basic"), by=consultant)
        subscription.undelete(by=consultant)
        assert UserSubscription.objects.get(user=member).status == "active"

    def test_not_for_a_deleted_member(self, member, consultant):
        member.soft_delete(by=None)
        with pytest.raises(VerbRefusedError):
            UserSubscription.start(member, Terms.of("basic"), by=consultant)

    @in_transactions
    def test_not_on_a_page_that_is_out_of_date(self, member, consultant):
        subscription = subscribed(member, status="expired")
        version = as_read(subscription).row_version
        UserSubscription.objects.filter(pk=subscription.pk).update(price_krw=1)
        with pytest.raises(RowConflictError):
            UserSubscription.start(member, Terms.of("basic"), by=consultant, version=version)


class TestChangePlan:
    def test_used_stays_used_and_the_period_counts_from_the_start(self, member, consultant):
        subscription = subscribed(member, introductions_used=2)
        assert subscription.change_plan(Terms.of("standard"), by=consultant, reason="상향") is True
        assert (subscription.plan, subscription.introductions_total, subscription.introductions_used) == (
            "standard",
            12,
            2,
        )
        assert subscription.expires_at == add_months(subscription.starts_at, 12)
        assert last_record(subscription).detail["price_krw"] == [690_000, 1_490_000]
        assert entries(subscription)[-1].delta == 7
        assert adds_up(subscription)

    def test_to_unlimited_and_back(self, member, consultant):
        subscription = subscribed(member, introductions_used=2)
        subscription.change_plan(Terms.of("premium"), by=consultant)
        assert subscription.introductions_left is None
        assert adds_up(subscription)
        subscription.change_plan(Terms.of("basic"), by=consultant)
        assert (subscription.introductions_left, adds_up(subscription)) == (3, True)

    def test_the_same_terms_change_nothing(self, member, consultant):
        subscription = subscribed(member)
        rows = UserAccessAudit.objects.count()
        assert subscription.change_plan(Terms.of("basic"), by=consultant) is False
        assert UserAccessAudit.objects.count() == rows
        assert len(entries(subscription)) == 1

    def test_not_to_less_than_is_used(self, member, consultant):
        subscription = subscribed(member, introductions_used=3)
        with pytest.raises(VerbRefusedError, match="3"):
            subscription.change_plan(Terms.of("trial"), by=consultant)
        assert adds_up(subscription)

    def test_not_to_a_period_that_is_over(self, member, consultant):
        subscription = subscribed(member, starts_at=timezone.now() - timedelta(days=100))
        with pytest.raises(VerbRefusedError):
            subscription.change_plan(Terms("basic", 1, 5, 690_000), by=consultant)

    def test_paused_time_is_kept(self, member, consultant):
        subscription = subscribed(member)
        subscription.pause(by=consultant, reason="출장")
        UserSubscription.objects.update(paused_at=timezone.now() - timedelta(days=10))
        subscription.resume(by=consultant)
        subscription.change_plan(Terms.of("standard"), by=consultant)
        extra = subscription.expires_at - add_months(subscription.starts_at, 12)
        assert extra.days == 10

    def test_days_that_were_added_are_kept_through_every_change(self, member, consultant):
        subscription = subscribed(member)
        subscription.extend(by=consultant, reason="보상", days=30)
        subscription.extend(by=consultant, reason="보상", days=5, introductions=1)
        for plan, months in (("standard", 12), ("basic", 6)):
            subscription.change_plan(Terms.of(plan), by=consultant)
            assert subscription.expires_at - add_months(subscription.starts_at, months) == timedelta(days=35)

    def test_days_of_an_earlier_term_are_not_kept(self, member, consultant):
        subscription = subscribed(member)
        subscription.extend(by=consultant, reason="보상", days=30)
        UserSubscription.objects.update(starts_at=timezone.now(), status="active")
        subscription.refresh_from_db()
        subscription.change_plan(Terms.of("standard"), by=consultant)
        assert subscription.expires_at == add_months(subscription.starts_at, 12)

    @pytest.mark.parametrize("status", ["expired", "canceled", "frozen"])
    def test_only_while_it_runs(self, member, consultant, status):
        subscription = subscribed(member, status=status)
        with pytest.raises(VerbRefusedError):
            subscription.change_plan(Terms.of("standard"), by=consultant)


class TestExtend:
    def test_days_and_introductions(self, member, consultant):
        subscription = subscribed(member)
        ends = subscription.expires_at
        assert subscription.extend(by=consultant, reason="사과", days=14, introductions=2) is True
        assert (subscription.expires_at - ends, subscription.introductions_total) == (timedelta(days=14), 7)
        assert [(entry.kind, entry.delta, entry.reason) for entry in entries(subscription)][1:] == [
            ("extended", 2, "사과")
        ]
        assert last_record(subscription).reason == "사과"

    def test_an_expired_one_is_active_again(self, member, consultant):
        subscription = subscribed(member, status="expired", expires_at=timezone.now() - PAST)
        subscription.extend(by=consultant, reason="연장", days=30)
        assert subscription.status == "active"

    def test_too_few_days_leave_it_expired(self, member, consultant):
        subscription = subscribed(member, status="expired", expires_at=timezone.now() - timedelta(days=9))
        subscription.extend(by=consultant, reason="연장", days=3)
        assert subscription.status == "expired"

    def test_nothing_asked_for_changes_nothing(self, member, consultant):
        subscription = subscribed(member)
        assert subscription.extend(by=consultant, reason="없음") is False

    @in_transactions
    def test_a_second_press_of_one_page_is_refused(self, member, consultant):
        subscription = subscribed(member)
        version = as_read(subscription).row_version
        subscription.extend(by=consultant, reason="사과", introductions=1, version=version)
        with pytest.raises(RowConflictError):
            subscription.extend(by=consultant, reason="사과", introductions=1, version=version)
        assert UserSubscription.objects.get(pk=subscription.pk).introductions_total == 6

    @pytest.mark.parametrize("columns", [{"introductions_total": None}, {"status": "canceled"}])
    def test_what_has_no_limit_or_is_over_gets_no_introductions(self, member, consultant, columns):
        subscription = subscribed(member, **columns)
        with pytest.raises(VerbRefusedError):
            subscription.extend(by=consultant, reason="사과", introductions=1)

    def test_what_never_ends_gets_no_days(self, member, consultant):
        subscription = subscribed(member, expires_at=None)
        with pytest.raises(VerbRefusedError):
            subscription.extend(by=consultant, reason="사과", days=1)


class TestExpire:
    def test_what_is_over_ends_once(self, member):
        subscription = subscribed(member, expires_at=timezone.now() - PAST)
        assert subscription.expire() is True
        assert subscription.status == "expired"
        assert last_record(subscription).detail == {"status": ["active", "expired"]}
        assert last_record(subscription).actor_id == "system"
        assert subscription.expire() is False

    def test_one_that_was_extended_meanwhile_stays(self, member):
        stale = subscribed(member, expires_at=timezone.now() - PAST)
        UserSubscription.objects.update(expires_at=timezone.now() + PAST)
        assert stale.expire() is False

    @pytest.mark.parametrize(
        "columns", [{"status": "paused"}, {"status": "canceled"}, {"expires_at": None}, {"status": "frozen"}]
    )
    def test_what_is_not_running_out_stays(self, member, columns):
        subscription = subscribed(member, **({"expires_at": timezone.now() - PAST} | columns))
        assert subscription.expire() is False

    def test_the_daily_task_and_the_command_end_what_is_over(self, make_member):
        over = [subscribed(make_member(), expires_at=timezone.now() - PAST) for _ in range(3)]
        running = subscribed(make_member())
        assert said(dry_run=True) == {"lapsed": 3, "expired": 0, "dry_run": True}
        expire_subscriptions.func(timestamp=0)
        assert {UserSubscription.objects.get(pk=row.pk).status for row in over} == {"expired"}
        assert said() == {"lapsed": 0, "expired": 0, "dry_run": False}
        UserSubscription.objects.filter(pk=running.pk).update(expires_at=timezone.now() - PAST)
        assert said() == {"lapsed": 1, "expired": 1, "dry_run": False}


def said(**options):
    out = StringIO()
    call_command("expire_subscriptions", json=True, stdout=out, **options)
    return json.loads(out.getvalue())
