"""The ledger of introductions adds up to the subscription, whoever writes what, and however many at once."""

import threading
from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from users.models import IntroductionLedger, LedgerKind, User, UserAccessAudit, UserSubscription
from users.models.status import VerbRefusedError
from users.models.written_once import AppendOnlyError
from users.subscriptions.plans import Terms
from users.tests.subscribing import adds_up, as_read, entries, subscribed
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def subscription(make_member):
    return subscribed(make_member())


def introduction():
    return new_id("mh")


class TestUsing:
    def test_each_introduction_is_used_and_given_back_once(self, subscription, matchmaker):
        first = introduction()
        for expected in (True, False):
            assert subscription.use_introduction(match_history_id=first, by=matchmaker) is expected
        assert (subscription.introductions_used, subscription.introductions_left) == (1, 4)
        for expected in (True, False):
            assert subscription.give_back(match_history_id=first, by=matchmaker, reason="취소") is expected
        assert subscription.introductions_left == 5
        kinds = [(entry.kind, entry.delta, entry.balance) for entry in entries(subscription)]
        assert kinds == [("granted", 5, 5), ("used", -1, 4), ("given_back", 1, 5)]
        assert subscription.use_introduction(match_history_id=first, by=matchmaker) is False

    def test_what_was_given_back_can_be_used_again_each_time_once(self, subscription, matchmaker):
        one = introduction()
        subscription.use_introduction(match_history_id=one, by=matchmaker)
        for occasion in (1, 2):
            subscription.give_back(match_history_id=one, by=matchmaker)
            assert subscription.introductions_left == 5
            for expected in (True, False):
                assert subscription.use_again(match_history_id=one, by=matchmaker) is expected
            assert [entry.occasion for entry in entries(subscription)][-2:] == [occasion, occasion + 1]
        assert subscription.introductions_left == 4
        assert adds_up(subscription)

    def test_what_was_not_given_back_is_not_used_again(self, subscription, matchmaker):
        one = introduction()
        assert subscription.use_again(match_history_id=one, by=matchmaker) is False
        subscription.use_introduction(match_history_id=one, by=matchmaker)
        assert subscription.use_again(match_history_id=one, by=matchmaker) is False
        assert subscription.introductions_used == 1

    def test_it_is_not_used_again_where_none_is_left(self, subscription, matchmaker):
        one = introduction()
        subscription.use_introduction(match_history_id=one, by=matchmaker)
        subscription.give_back(match_history_id=one, by=matchmaker)
        UserSubscription.objects.update(introductions_used=5)
        with pytest.raises(VerbRefusedError):
            subscription.use_again(match_history_id=one, by=matchmaker)

    def test_it_is_recorded_with_the_introduction(self, subscription, matchmaker):
        used = introduction()
        subscription.use_introduction(match_history_id=used, by=matchmaker)
        row = UserAccessAudit.objects.about(subscription.user_id)[0]
        assert row.detail == {"introductions_used": [0, 1], "match_history_id": used}
        entry = entries(subscription)[-1]
        assert (entry.match_history_id, entry.actor_id, entry.actor_name) == (used, matchmaker.pk, matchmaker.name)

    def test_nothing_left(self, subscription, matchmaker):
        UserSubscription.objects.update(introductions_used=5)
        with pytest.raises(VerbRefusedError):
            subscription.use_introduction(match_history_id=introduction(), by=matchmaker)

    def test_without_a_limit(self, make_member, matchmaker):
        premium = subscribed(make_member(), "premium")
        for _ in range(3):
            premium.use_introduction(match_history_id=introduction(), by=matchmaker)
        assert premium.introductions_used == 3
        assert sum(entry.delta for entry in entries(premium)) == -3

    @pytest.mark.parametrize(
        "columns",
        [
            {"status": "paused"},
            {"status": "expired"},
            {"status": "canceled"},
            {"status": "frozen"},
            {"expires_at": timezone.now() - timedelta(days=1)},
        ],
    )
    def test_only_while_it_is_active(self, make_member, matchmaker, columns):
        subscription = subscribed(make_member(), **columns)
        with pytest.raises(VerbRefusedError):
            subscription.use_introduction(match_history_id=introduction(), by=matchmaker)
        assert len(entries(subscription)) == 1

    def test_what_was_not_used_is_not_given_back(self, subscription, matchmaker):
        with pytest.raises(VerbRefusedError):
            subscription.give_back(match_history_id=introduction(), by=matchmaker)

    def test_what_an_earlier_term_used_is_not_given_back(self, subscription, matchmaker):
        used = introduction()
        subscription.use_introduction(match_history_id=used, by=matchmaker)
        UserSubscription.objects.update(status="expired")
        again = UserSubscription.start(subscription.user, Terms.of("basic"), by=matchmaker)
        with pytest.raises(VerbRefusedError):
            again.give_back(match_history_id=used, by=matchmaker)

    def test_nothing_is_given_back_once_it_is_settled(self, subscription, matchmaker):
        used = introduction()
        subscription.use_introduction(match_history_id=used, by=matchmaker)
        UserSubscription.objects.update(status="canceled")
        with pytest.raises(VerbRefusedError):
            subscription.give_back(match_history_id=used, by=matchmaker)


class TestTheAppWritesToo:
    def test_a_row_from_before_the_ledger_opens_with_its_balance(self, make_member, matchmaker):
        row = UserSubscription.objects.create(
            user=make_member(), plan="basic", status="active", starts_at=timezone.now(), introductions_total=5,
            introductions_used=2,
        )  # fmt: skip
        unrecorded = as_read(row).unrecorded()
        assert (unrecorded.kind, unrecorded.delta, unrecorded.balance) == (LedgerKind.CARRIED, 3, 3)
        assert adds_up(row)
        row.use_introduction(match_history_id=introduction(), by=matchmaker)
        assert [(entry.kind, entry.delta) for entry in entries(row)] == [("carried", 3), ("used", -1)]
        assert as_read(row).unrecorded() is None

    def test_a_change_by_the_app_is_shown_and_then_entered(self, subscription, matchmaker):
        subscription.use_introduction(match_history_id=introduction(), by=matchmaker)
        with connection.cursor() as sql:
            sql.execute("UPDATE user_subscriptions SET introductions_used = 3")
        unrecorded = as_read(subscription).unrecorded()
        assert (unrecorded.kind, unrecorded.delta, unrecorded.used_after) == (LedgerKind.CORRECTED, -2, 3)
        subscription.use_introduction(match_history_id=introduction(), by=matchmaker)
        assert [(entry.kind, entry.delta) for entry in entries(subscription)][-2:] == [("corrected", -2), ("used", -1)]
        assert adds_up(subscription)

    def test_a_change_that_evens_out_is_shown_too(self, subscription):
        UserSubscription.objects.update(introductions_total=6, introductions_used=1)
        unrecorded = as_read(subscription).unrecorded()
        assert (unrecorded.kind, unrecorded.delta, unrecorded.total_after) == (LedgerKind.CORRECTED, 0, 6)


class TestAppendOnly:
    @pytest.mark.parametrize("statement", ["UPDATE {} SET delta = 9", "DELETE FROM {}", "TRUNCATE {}"])
    def test_at_the_database(self, subscription, statement):
        table = IntroductionLedger._meta.db_table
        with pytest.raises(DatabaseError, match="append only") as refused, transaction.atomic():  # noqa: SIM117
            with connection.cursor() as sql:
                sql.execute(statement.format(table))
        assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)

    def test_in_python(self, subscription):
        entry = entries(subscription)[0]
        for change in (
            entry.save,
            entry.delete,
            IntroductionLedger.objects.all().delete,
            lambda: IntroductionLedger.objects.update(delta=9),
        ):
            with pytest.raises(AppendOnlyError):
                change()

    def test_one_introduction_twice_is_refused_by_the_database(self, subscription, matchmaker):
        used = introduction()
        subscription.use_introduction(match_history_id=used, by=matchmaker)
        with pytest.raises(IntegrityError), transaction.atomic():
            subscription.enter(LedgerKind.USED, by=matchmaker, match_history_id=used)


steps = st.lists(
    st.sampled_from(
        [
            "use",
            "give_back",
            "use_again",
            "extend",
            "premium",
            "standard",
            "pause",
            "resume",
            "app_uses",
            "app_grants",
            "expire",
            "start",
        ]
    ),
    max_size=15,
)


def take(step, subscription, by, used):  # noqa: C901 - a table of steps
    match step:
        case "use":
            used.append(introduction())
            subscription.use_introduction(match_history_id=used[-1], by=by)
        case "give_back":
            subscription.give_back(match_history_id=used[-1] if used else introduction(), by=by)
        case "use_again":
            subscription.use_again(match_history_id=used[-1] if used else introduction(), by=by)
        case "extend":
            subscription.extend(by=by, reason="x", days=3, introductions=2)
        case "premium" | "standard":
            subscription.change_plan(Terms.of(step), by=by)
        case "pause":
            subscription.pause(by=by, reason="x")
        case "resume":
            subscription.resume(by=by)
        case "app_uses":
            UserSubscription.objects.filter(pk=subscription.pk).update(introductions_used=4)
        case "app_grants":
            UserSubscription.objects.filter(pk=subscription.pk).update(introductions_total=20)
        case "expire":
            UserSubscription.objects.filter(pk=subscription.pk).update(status="expired")
        case "start":
            UserSubscription.start(subscription.user, Terms.of("trial"), by=by)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_it_adds_up_whatever_is_done(make_member, consultant, sequence):
    subscription, used = subscribed(make_member()), []
    for step in sequence:
        with suppress(VerbRefusedError):
            take(step, subscription, consultant, used)
        subscription.refresh_from_db()
        assert adds_up(subscription), step
    balances = [entry.balance for entry in entries(subscription)]
    deltas = [entry.delta for entry in entries(subscription)]
    assert balances == [sum(deltas[: at + 1]) for at in range(len(deltas))]


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
class TestAtTheSameMoment:
    def test_one_of_twenty_takes_the_last_introduction(self, make_member, matchmaker):
        subscription = subscribed(make_member(), introductions_used=4)
        outcomes = together(
            lambda: UserSubscription.objects.get(pk=subscription.pk).use_introduction(
                match_history_id=introduction(), by=matchmaker
            )
        )
        assert (outcomes.count(True), outcomes.count("refused")) == (1, 19)
        subscription.refresh_from_db()
        assert subscription.introductions_left == 0
        assert adds_up(subscription)

    def test_one_introduction_that_twenty_publish_is_used_once(self, make_member, matchmaker):
        subscription, used = subscribed(make_member()), introduction()
        outcomes = together(
            lambda: UserSubscription.objects.get(pk=subscription.pk).use_introduction(
                match_history_id=used, by=matchmaker
            )
        )
        assert (outcomes.count(True), outcomes.count(False)) == (1, 19)
        assert UserSubscription.objects.get(pk=subscription.pk).introductions_used == 1

    def test_one_of_twenty_starts_the_subscription(self, make_member, consultant):
        member = make_member()
        outcomes = together(
            lambda: bool(UserSubscription.start(User.objects.get(pk=member.pk), Terms.of("basic"), by=consultant))
        )
        assert (outcomes.count(True), outcomes.count("refused")) == (1, 19)
        assert adds_up(UserSubscription.objects.get(user=member))


def together(work, number=20):
    """Return what each of as many threads got, "refused" for a refusal; all begin at one moment."""
    outcomes, barrier = [], threading.Barrier(number)

    def run():
        try:
            barrier.wait()
            outcomes.append(work())
        except VerbRefusedError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes
