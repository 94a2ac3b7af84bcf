"""Kinds of jobs for the tests, which know nothing of members."""

import pytest

from ygs_admin.jobs import kinds
from ygs_admin.jobs.kinds import JobKind, register_kind
from ygs_admin.jobs.models import Job

PERMISSION = "users.export_user"


@pytest.fixture
def kind(monkeypatch):
    """Return a function that registers what a job does, for the length of the test: `kind(run, key="counting")`."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))

    def register(run=lambda _run: None, key="counting", **traits):
        return register_kind(JobKind(key, "Counting", PERMISSION, run, **traits))

    return register


@pytest.fixture
def start(manager, kind):
    """Return a function that starts a job of the manager's which does `run`."""

    def start(run=lambda _run: None, *, key="counting", **given) -> Job:
        return Job.start(kind(run, key).key, by=manager, **given)

    return start
