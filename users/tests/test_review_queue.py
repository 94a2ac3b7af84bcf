"""The order of the queue, who is offered what of it, and what it costs with very much of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone

from users.models import ReviewClaim, ReviewSkip, User, UserDocument
from users.models.review_decision import ReviewDecision, ReviewVerb
from users.review.case import load_case
from users.review.counters import waiting_now
from users.review.deciding import decide
from users.review.queue import claim_next, waiting_documents, waiting_sign_ups, waits
from users.tests.reviewing import handed_in
from ygs_admin.testing.personas import make_staff

pytestmark = pytest.mark.django_db


def ago(**delta):
    return timezone.now() - timedelta(**delta)


def only(*codenames):
    person = make_staff("only")
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


def order_for(staff):
    """Return the cases as they come, each put aside after the one before."""
    order = []
    while (member_id := claim_next(staff)) is not None:
        order.append(member_id)
    return order


def test_the_oldest_comes_first_whatever_it_is_that_waits(reviewer, make_member):
    third = make_member(status="pending", created_at=ago(days=1))
    second = make_member(created_at=ago(days=90))
    handed_in(second, created_at=ago(days=2))
    first = make_member(status="pending", created_at=ago(days=3))
    # A case is as old as the oldest of what waits.
    handed_in(third, created_at=ago(hours=1))
    handed_in(first, created_at=ago(hours=2))
    make_member(created_at=ago(days=200))
    assert order_for(reviewer) == [first.pk, second.pk, third.pk]


def test_a_person_with_one_permission_is_offered_that_kind_alone(make_member):
    sign_up = make_member(status="pending")
    papers = make_member()
    document = handed_in(papers)
    of_sign_ups, of_documents = only("approve_user"), make_staff("papers")
    of_documents.user_permissions.set(Permission.objects.filter(codename="review_userdocument"))
    handed_in(sign_up)
    assert [item.document for item in load_case(sign_up.pk, of_sign_ups).items] == [None]
    assert not load_case(papers.pk, of_sign_ups).items
    assert order_for(of_sign_ups) == [sign_up.pk]
    ReviewClaim.objects.all().delete()
    assert [item.key for item in load_case(papers.pk, of_documents).items] == [document.pk]
    assert order_for(of_documents) == [papers.pk, sign_up.pk]


def test_who_decides_nothing_is_offered_nothing(matchmaker, make_member):
    make_member(status="pending")
    assert claim_next(matchmaker) is None


def test_the_documents_come_before_the_sign_up_and_the_oldest_first(reviewer, make_member):
    member = make_member(status="pending")
    later, earlier = handed_in(member, "income"), handed_in(member, created_at=ago(days=1))
    case = load_case(member.pk, reviewer)
    assert [item.key for item in case.items] == [earlier.pk, later.pk, member.pk]


def test_what_was_put_aside_stays_for_the_others(reviewer, make_member):
    other = make_staff("other", role="reviewer")
    first, second = make_member(status="pending", created_at=ago(days=2)), make_member(status="pending")
    assert claim_next(reviewer) == first.pk
    ReviewSkip.objects.put_aside(first.pk, by=reviewer)
    ReviewSkip.objects.put_aside(first.pk, by=reviewer)
    assert claim_next(reviewer) == second.pk
    assert claim_next(reviewer) is None
    assert claim_next(other) == first.pk


def test_what_was_put_aside_comes_back_after_some_hours(reviewer, make_member):
    member = make_member(status="pending")
    ReviewSkip.objects.put_aside(member.pk, by=reviewer)
    ReviewSkip.objects.update(until=ago(seconds=1))
    assert claim_next(reviewer) == member.pk
    assert ReviewSkip.objects.clear_lapsed() == 1


def test_what_has_just_been_decided_is_offered_to_nobody(reviewer, make_member):
    member = make_member(status="pending")
    case = load_case(member.pk, reviewer)
    decision = decide(case, case.items[0], by=reviewer, verb=ReviewVerb.APPROVE, seen=case.items[0].row_version)
    assert not waits(member.pk, reviewer)
    assert not load_case(member.pk, reviewer).items
    assert claim_next(make_staff("other", role="reviewer")) is None
    decision.undo()
    assert claim_next(reviewer) == member.pk


def test_deleted_members_and_documents_do_not_wait(reviewer, make_member):
    gone = make_member(status="pending")
    handed_in(gone)
    gone.soft_delete(by=None)
    document = handed_in(make_member())
    document.soft_delete(by=None)
    assert claim_next(reviewer) is None
    assert [kind.count for kind in waiting_now(reviewer)] == [0, 0]


def test_counters_say_how_much_and_since_when(reviewer, make_member, monkeypatch):
    monkeypatch.setattr("users.review.counters.COUNT_BOUND", 2)
    oldest = make_member(status="pending", created_at=ago(days=4))
    for _ in range(3):
        make_member(status="pending")
    handed_in(oldest)
    sign_ups, documents = waiting_now(reviewer)
    assert (sign_ups.count_label, documents.count_label) == ("2+", "1")
    assert sign_ups.oldest == oldest.created_at


@pytest.fixture
def very_much():
    """Two thousand of each kind wait, among ten times as many; return the members who do, the oldest first."""
    plain = {"name": "가나", "gender": "male", "birth_year": 1990}
    users = [
        User(phone=f"099{n:08}", status="approved" if n % 10 else "pending", created_at=ago(minutes=n), **plain)
        for n in range(20_000)
    ]
    User.objects.bulk_create(users, batch_size=5000)
    papers = {"document_type": "identity", "s3_key": "x"}
    documents = [UserDocument(user=user, status=user.status, created_at=user.created_at, **papers) for user in users]
    UserDocument.objects.bulk_create(documents, batch_size=5000)
    with connection.cursor() as cursor:
        for table in ("users", "user_documents", "console_member_search"):
            cursor.execute(f"ANALYZE {table}")
    return [user for user in users if user.status == "pending"][::-1]


def test_the_next_case_is_found_at_once_among_very_many(very_much, reviewer):
    other = make_staff("other", role="reviewer")
    until = timezone.now() + timedelta(hours=1)
    held, put_aside, decided = very_much[:100], very_much[100:300], very_much[300:320]
    claimed = {"staff": other, "claimed_at": ago(minutes=1), "lease_until": until}
    ReviewClaim.objects.bulk_create([ReviewClaim(member=user, **claimed) for user in held])
    ReviewSkip.objects.bulk_create([ReviewSkip(member=user, staff=reviewer, until=until) for user in put_aside])
    noted = {"staff": other, "verb": "approve", "row_version": 1, "language": "ko", "final_at": until}
    ReviewDecision.objects.bulk_create([ReviewDecision(member=user, **noted) for user in decided])
    # Their sign-ups are decided, their documents are not.
    assert claim_next(reviewer) == very_much[300].pk
    assert claim_next(reviewer) == very_much[301].pk
    for rows, index in (
        (waiting_sign_ups(), "console_search_status"),
        (waiting_documents(), "console_documents_waiting"),
    ):
        plan = rows.values_list("created_at", "user_id")[:1].explain(analyze=True)
        assert index in plan
        assert "Seq Scan on console_member_search" not in plan
        assert "Seq Scan on user_documents" not in plan
