"""Deleting and restoring at the same moment: case 34.

Two transactions want the same member: the outcome is that of one after the other, each whole.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from users.models import User
from ygs_admin.db.tests.deletable import batch, member_with_rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member(make_member: Callable[..., User]) -> User:
    return member_with_rows(make_member)


def in_thread(work: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    return threading.Thread(target=run)


def run_during(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Run `second` from when `first` has written until after it has committed."""
    thread = in_thread(second)
    with transaction.atomic():
        first()
        thread.start()
        thread.join(timeout=0.3)
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_a_restoration_during_a_deletion_finds_nothing_to_restore(member: User) -> None:
    run_during(member.delete, User.all_objects.filter(pk=member.pk).restore)
    assert batch(member) == {member.deleted_at}
    assert member.is_deleted


def test_a_deletion_during_a_restoration_finds_nothing_to_delete(member: User) -> None:
    member.delete()
    run_during(member.restore, User.all_objects.filter(pk=member.pk).delete)
    assert batch(member) == {None}


def test_two_deletions_are_one(member: User) -> None:
    run_during(member.delete, User.all_objects.filter(pk=member.pk).delete)
    assert batch(member) == {member.deleted_at}


def test_whoever_wins_the_member_and_what_hangs_on_it_are_of_one_time(member: User) -> None:
    for _ in range(25):
        changes = User.all_objects.filter(pk=member.pk)
        threads = [in_thread(changes.delete), in_thread(changes.restore)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=10)
        assert len(batch(member)) == 1
