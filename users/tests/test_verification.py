"""The checklist: what is needed of whom, how far each thing is, and what it comes to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from users.documents.verification import checklist
from users.models import UserDocument, UserProfile

TODAY = date(2026, 11, 26)
STATED = {"education": "bachelor", "job": "간호사", "salary_range": "5000_7000"}


def paper(kind, status="approved", until=None, days_ago=10):
    created = datetime(2026, 11, 26, tzinfo=UTC) - timedelta(days=days_ago)
    return UserDocument(document_type=kind, status=status, expires_on=until, created_at=created)


def found(documents, **stated):
    return checklist(UserProfile(**stated), documents, on=TODAY)


def states(documents, **stated):
    return [str(item.state) for item in found(documents, **stated).items]


EVERYTHING = [paper(kind) for kind in ("identity", "marriage_relation", "graduation", "employment", "income")]


@pytest.mark.parametrize(
    ("stated", "count"),
    [
        ({}, 2),
        ({"education": "high_school"}, 2),
        ({"education": "associate"}, 3),
        ({"education": "doctorate"}, 3),
        ({"education": "postdoc"}, 2),
        ({"job": "간호사"}, 3),
        ({"job": ""}, 2),
        ({"salary_range": "under_3000"}, 3),
        (STATED, 5),
    ],
)
def test_only_what_is_stated_is_to_be_proven(stated, count):
    assert states([], **stated) == ["missing"] * count


def test_a_member_without_a_profile_proves_who_they_are_and_that_they_are_free():
    assert len(checklist(None, [], on=TODAY).items) == 2


def test_everything_approved_is_verified():
    verification = found(EVERYTHING, **STATED)
    assert (verification.state, verification.proven) == ("verified", 5)


@pytest.mark.parametrize("kind", ["employment", "business_license", "professional_license"])
def test_any_proof_of_work_will_do(kind):
    documents = [paper("identity"), paper("marriage_relation"), paper(kind)]
    assert found(documents, job="약사").state == "verified"


@pytest.mark.parametrize(
    ("last", "item", "whole"),
    [
        (paper("income", "pending"), "pending", "waiting"),
        (paper("income", "rejected"), "rejected", "incomplete"),
        (paper("income", "expired", TODAY), "expired", "incomplete"),
        (paper("income", "approved", TODAY), "approved", "verified"),
        (paper("income", "approved", TODAY - timedelta(days=1)), "expired", "incomplete"),
        (paper("income", "archived"), "expired", "incomplete"),
        (paper("graduation"), "missing", "incomplete"),
    ],
)
def test_one_thing_that_is_not_approved_decides_the_whole(last, item, whole):
    verification = found([*EVERYTHING[:4], last], **STATED)
    assert (str(verification.items[-1].state), verification.state) == (item, whole)


def test_what_is_missing_counts_before_what_waits():
    assert found([paper("identity", "pending")]).state == "incomplete"


@pytest.mark.parametrize(
    ("tries", "expected"),
    [
        (["rejected", "pending"], "pending"),
        (["pending", "rejected"], "pending"),
        (["approved", "pending"], "approved"),
        (["approved", "rejected"], "approved"),
        (["expired", "rejected"], "rejected"),
        (["rejected", "expired"], "expired"),
    ],
)
def test_of_several_tries_the_best_or_else_the_last_counts(tries, expected):
    documents = [paper("identity", status, days_ago=9 - at) for at, status in enumerate(tries)]
    assert states(documents)[0] == expected


def test_it_holds_as_long_as_the_longest_approval():
    first, second = paper("identity", until=date(2027, 1, 1)), paper("identity", until=date(2028, 1, 1))
    assert found([second, first]).items[0].valid_until == date(2028, 1, 1)
    assert found([second, paper("identity")]).items[0].valid_until is None


def test_each_item_leads_to_the_document_that_decided():
    wanted = paper("identity", "rejected")
    assert found([wanted, paper("income")]).items[0].document is wanted
