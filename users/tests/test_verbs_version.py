"""A verb is pressed on the row that the person saw, and on no other."""

from collections.abc import Callable

import pytest
from django.db import transaction

from users.models import User, UserAccessAudit
from users.verbs import VERBS, Verb
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db

STARTS = {"reconsider": "rejected", "reinstate": "suspended", "readmit": "withdrawn"}


@pytest.fixture(params=VERBS.values(), ids=VERBS)
def verb(request: pytest.FixtureRequest) -> Verb:
    chosen: Verb = request.param
    return chosen


@pytest.fixture
def member(make_member: Callable[..., User], verb: Verb) -> User:
    member = make_member(status=STARTS.get(verb.key, "pending"))
    if verb.on_deleted:
        member.soft_delete(by=None)
    return member


def version_of(member: User) -> int:
    version: int = User.all_objects.with_row_version().get(pk=member.pk).row_version
    return version


def state_of(member: User) -> tuple[str, bool]:
    row = User.all_objects.get(pk=member.pk)
    return row.status, row.is_deleted


def test_the_version_that_was_seen_is_changed(member: User, verb: Verb, manager: Staff) -> None:
    before = state_of(member)
    assert verb.apply(member, manager, "시험", version_of(member)) is True
    assert state_of(member) != before


def test_a_row_that_was_changed_since_is_left_alone(member: User, verb: Verb, manager: Staff) -> None:
    seen, before = version_of(member), state_of(member)
    with transaction.atomic():  # A transaction of its own, which is what a version is.
        User.all_objects.filter(pk=member.pk).update(birth_year=1991)
    rows = UserAccessAudit.objects.count()
    with pytest.raises(RowConflictError):
        verb.apply(member, manager, "시험", seen)
    assert (state_of(member), UserAccessAudit.objects.count()) == (before, rows)


def test_what_is_done_already_is_no_conflict(member: User, verb: Verb, manager: Staff) -> None:
    seen = version_of(member)
    verb.apply(member, manager, "시험")
    assert verb.apply(member, manager, "시험", seen) is False
