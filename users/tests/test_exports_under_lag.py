"""Exports read the replica, and miss nothing that was committed before they were ordered, however far it is behind."""

import csv
import io
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from users.interchange import selection
from users.models import User, UserAccessAudit
from users.tests.recording import recorded
from users.tests.views.test_editing import edit_url, posted_form
from ygs_admin import storage
from ygs_admin.db.replication import choosing
from ygs_admin.demo.cluster import Cluster
from ygs_admin.jobs.models import Job
from ygs_admin.staff.models import Staff
from ygs_admin.testing.queries import aliases_reading

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
ASKED = {"reason": "분기 점검", "fields_chosen": ["name"], "format": "csv", "labels": "values"}
COMMAND = ("export_members", "--reason", "분기 점검", "--fields", "name", "--labels", "values")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A replica whose replay is paused need not be waited for."""
    if "lag" in request.fixturenames:
        monkeypatch.setattr(choosing, "REPLAY_SECONDS", 0.1)


@pytest.fixture
def browser(superuser: Staff) -> Client:
    browser = Client()
    browser.force_login(superuser)
    return browser


@pytest.fixture
def member(browser: Client, make_member: Callable[..., User], cluster: Cluster, until_replica: Any) -> User:
    """A member whom the replica knows; browser and replica have seen all."""
    member = make_member(name="김철수")
    cluster.wait_until_caught_up()
    until_replica()
    return member


@pytest.fixture
def lag(member: User, cluster: Cluster) -> Iterator[None]:
    with cluster.replay_paused():
        yield


@pytest.fixture
def ordered(browser: Client, run_jobs: Callable[[], int]) -> Callable[..., list[list[str]]]:
    """Return a function that orders an export on its page, and returns the rows of the file that comes of it."""

    def order(url: str, asked: dict[str, Any]) -> list[list[str]]:
        assert browser.post(url, asked).status_code == 302
        run_jobs()
        content = storage.read(Job.objects.get().result_key, max_bytes=1_000_000)
        assert content is not None
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]

    return order


def rename(browser: Client, member: User, name: str) -> None:
    url = edit_url(member)
    assert browser.post(url, posted_form(browser, url, name=name)).status_code == 302


@pytest.mark.usefixtures("lag")
def test_members_are_in_the_file_as_they_were_just_edited(
    browser: Client, member: User, make_member: Callable[..., User], ordered: Callable[..., Any]
) -> None:
    rename(browser, member, "김영희")
    make_member(name="박새롬")
    assert ordered(reverse("users:export"), ASKED) == [["김영희"], ["박새롬"]]


@pytest.mark.usefixtures("lag")
def test_the_filters_see_what_was_just_edited(browser: Client, member: User, ordered: Callable[..., Any]) -> None:
    rename(browser, member, "김영희")
    assert ordered(f"{reverse('users:export')}?q=영희", ASKED) == [["김영희"]]


def test_members_are_read_from_a_replica_that_has_seen_all(member: User, ordered: Callable[..., Any]) -> None:
    with aliases_reading("users") as aliases:
        assert ordered(reverse("users:export"), ASKED) == [["김철수"]]
    assert aliases == {"replica"}


def test_a_replica_that_is_a_moment_behind_is_waited_for(
    member: User, cluster: Cluster, make_member: Callable[..., User]
) -> None:
    cluster.pause_replay()
    resuming = threading.Timer(0.3, cluster.resume_replay)
    resuming.start()
    try:
        late = make_member(name="박새롬")
        (page,) = selection.ByStatus().pages()
    finally:
        resuming.join()
    assert [(each.pk, each._state.db) for each in page] == [(member.pk, "replica"), (late.pk, "replica")]


def test_pages_go_to_the_replica_once_it_has_seen_what_the_first_had_to(
    member: User, make_member: Callable[..., User], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "PAGE_SIZE", 1)
    monkeypatch.setattr(choosing, "REPLAY_SECONDS", 0.1)
    with cluster.replay_paused():
        make_member(name="박새롬")
        pages = selection.ByStatus().pages()
        (first,) = next(pages)
    cluster.wait_until_caught_up()
    (second,) = next(pages)
    assert [first._state.db, second._state.db] == ["default", "replica"]


@pytest.mark.usefixtures("lag")
def test_the_command_exports_what_was_just_edited(browser: Client, member: User, capsys: Any) -> None:
    rename(browser, member, "김영희")
    call_command(*COMMAND, "--actor", "superuser@ygs.test")
    assert capsys.readouterr().out.split() == ["name", "김영희"]


def test_the_command_reads_a_replica_that_has_seen_all(member: User, capsys: Any) -> None:
    with aliases_reading("users") as aliases:
        call_command(*COMMAND)
    assert aliases == {"replica"}
    assert UserAccessAudit.objects.get(action="export").detail["user_ids"] == [member.pk]


@pytest.mark.usefixtures("lag")
def test_the_access_record_is_in_the_file_up_to_the_order(superuser: Staff, member: User, ordered: Any) -> None:
    row = recorded("view", by=superuser, user_id=member.pk)
    found = ordered(f"{reverse('users:audit_export')}?action=view", ASKED)
    assert [each[0] for each in found] == [row.pk]


def test_the_access_record_is_read_from_a_replica_that_has_seen_all(
    superuser: Staff, member: User, cluster: Cluster, ordered: Any
) -> None:
    recorded("view", by=superuser, user_id=member.pk)
    cluster.wait_until_caught_up()
    with aliases_reading("user_access_audits") as aliases:
        assert len(ordered(f"{reverse('users:audit_export')}?action=view", ASKED)) == 1
    assert aliases == {"replica"}
