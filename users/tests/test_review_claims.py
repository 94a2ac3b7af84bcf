"""Claims with a lease: held by one, renewed, lapsing, taken over."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from users.models import Action, ReviewClaim, UserAccessAudit
from users.models.review_claim import CaseHeldError
from users.review.queue import claim_next, next_case
from users.tests.test_search_triggers_together import in_thread
from ygs_admin.testing.personas import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db):
    return make_staff("other", role="reviewer")


@pytest.fixture
def member(make_member):
    return make_member(status="pending")


def lapse(member):
    ReviewClaim.objects.filter(pk=member.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def holder(member):
    claim = ReviewClaim.objects.live().filter(pk=member.pk).first()
    return claim and claim.staff


def test_a_case_that_is_held_is_nobody_elses(member, reviewer, other):
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    with pytest.raises(CaseHeldError) as held:
        ReviewClaim.objects.hold(member.pk, by=other)
    assert held.value.claim.staff == reviewer
    assert holder(member) == reviewer
    assert claim_next(other) is None


def test_holding_again_renews_the_lease_and_not_the_claim(member, reviewer, settings):
    settings.REVIEW_LEASE_SECONDS = 60
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    before = ReviewClaim.objects.get()
    settings.REVIEW_LEASE_SECONDS = 600
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    after = ReviewClaim.objects.get()
    assert after.claimed_at == before.claimed_at
    assert after.lease_until - before.lease_until > timedelta(seconds=500)


def test_a_lease_that_nobody_renews_lapses(member, reviewer, other):
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    lapse(member)
    assert holder(member) is None
    assert claim_next(other) == member.pk
    assert holder(member) == other


def test_renewing_takes_nothing_from_anybody(member, reviewer, other):
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    assert ReviewClaim.objects.renew([member.pk], by=other) == 0
    lapse(member)
    assert ReviewClaim.objects.renew([member.pk], by=reviewer) == 1
    assert holder(member) == reviewer


def test_taking_over_is_on_record(member, reviewer, other):
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    assert ReviewClaim.objects.take_over(member.pk, by=other) is True
    assert ReviewClaim.objects.take_over(member.pk, by=other) is False
    assert holder(member) == other
    row = UserAccessAudit.objects.get(action=Action.UPDATE)
    assert (row.actor_id, row.user_id, row.resource_type) == (other.pk, member.pk, "console_review_claims")
    assert row.detail == {"staff": [reviewer.pk, other.pk]}


def test_taking_what_is_free_is_no_taking_over(member, other):
    assert ReviewClaim.objects.take_over(member.pk, by=other) is False
    assert holder(member) == other
    assert not UserAccessAudit.objects.exists()


def test_only_the_holder_lets_go(member, reviewer, other):
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    ReviewClaim.objects.release(member.pk, by=other)
    assert holder(member) == reviewer
    ReviewClaim.objects.release(member.pk, by=reviewer)
    assert holder(member) is None


def test_signing_out_lets_go(client, member, reviewer, other):
    client.force_login(reviewer)
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    client.post(reverse("staff:logout"))
    assert holder(member) is None


def test_lapsed_claims_are_cleared(member, reviewer, make_member):
    kept = make_member(status="pending")
    for each in (member, kept):
        ReviewClaim.objects.hold(each.pk, by=reviewer)
    lapse(member)
    assert ReviewClaim.objects.clear_lapsed() == 1
    assert holder(kept) == reviewer


def test_one_goes_on_with_what_one_holds(member, reviewer, make_member):
    held = make_member(status="pending")
    ReviewClaim.objects.hold(held.pk, by=reviewer)
    assert next_case(reviewer) == held.pk


def test_what_was_decided_elsewhere_is_let_go_of(member, reviewer, make_member):
    held = make_member(status="pending")
    ReviewClaim.objects.hold(held.pk, by=reviewer)
    held.approve(by=None)
    assert next_case(reviewer) == member.pk
    assert holder(held) is None


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_hold_the_same_case(make_member):
    people = [make_staff(f"reviewer{number}", role="reviewer") for number in range(8)]
    members = {make_member(status="pending").pk for _ in range(40)}
    held = {person.pk: [] for person in people}

    def work(person):
        while (member_id := claim_next(person)) is not None:
            held[person.pk].append(member_id)

    threads = [in_thread(lambda person=person: work(person)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    every = [member_id for claims in held.values() for member_id in claims]
    assert sorted(every) == sorted(members)
    assert {claim.member_id: claim.staff_id for claim in ReviewClaim.objects.all()} == {
        member_id: staff_id for staff_id, claims in held.items() for member_id in claims
    }


@pytest.mark.django_db(transaction=True)
def test_many_reach_for_one_lapsed_case_and_one_gets_it(make_member, reviewer):
    member = make_member(status="pending")
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    lapse(member)
    people = [make_staff(f"reviewer{number}", role="reviewer") for number in range(6)]
    got = []

    def reach(person):
        try:
            ReviewClaim.objects.hold(member.pk, by=person)
        except CaseHeldError:
            return
        got.append(person)

    threads = [in_thread(lambda person=person: reach(person)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert got == [holder(member)]
    assert connection.is_usable()


def test_a_shut_out_reviewers_cases_are_free_at_once(member, reviewer, other, manager):
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    reviewer.deactivate(by=manager)
    assert holder(member) is None
    ReviewClaim.objects.hold(member.pk, by=other)
    assert holder(member) == other


@pytest.mark.parametrize(("roles", "holds"), [(["matchmaker"], False), (["matchmaker", "reviewer"], True)])
def test_so_are_those_of_whoever_may_not_decide_any_more(member, reviewer, manager, roles, holds):
    ReviewClaim.objects.hold(member.pk, by=reviewer)
    reviewer.assign(roles, by=manager)
    assert (holder(member) == reviewer) is holds
