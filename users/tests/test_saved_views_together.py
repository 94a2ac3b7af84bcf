"""Two windows of one person save at the same moment."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from users.models import SavedView

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Do these at the same moment; return what came of each."""
    barrier, outcomes = threading.Barrier(len(works)), []

    def run(work):
        try:
            barrier.wait()
            outcomes.append(work())
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def keep(owner, name):
    return SavedView.keep(owner=owner, name=name, query={"status": "pending"}).name


def test_one_name_is_kept_once(reviewer):
    outcomes = at_once(*(lambda: keep(reviewer, "대기") for _ in range(4)))
    assert sorted(outcomes) == ["refused"] * 3 + ["대기"]
    assert SavedView.objects.count() == 1


def test_the_most_is_not_passed(reviewer, monkeypatch):
    monkeypatch.setattr("users.models.saved_view.MOST_VIEWS", 3)
    outcomes = at_once(*(lambda name=name: keep(reviewer, name) for name in "가나다라마"))
    assert outcomes.count("refused") == 2
    assert sorted(SavedView.objects.values_list("position", flat=True)) == [0, 1, 2]


def test_moves_leave_an_order(reviewer):
    views = [SavedView.keep(owner=reviewer, name=name, query={"status": "pending"}) for name in "가나다"]
    at_once(*(lambda view=view: view.move(-1) for view in views))
    assert sorted(SavedView.objects.values_list("position", flat=True)) == [0, 1, 2]
