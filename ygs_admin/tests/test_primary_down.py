"""The primary is gone: staff go on reading from the standby, on record, and nothing that is typed is lost: 27, 28."""

import time

import pytest
from django.db import connections
from django.urls import reverse

from users.audit import spooled
from users.models import Action, User, UserAccessAudit
from users.models.access_spool import SpoolError, deliver, spool, waiting
from ygs_admin.db.replication.observer import observer
from ygs_admin.demo.node import IMMEDIATE_STOP
from ygs_admin.tests.test_every_url import signed_in

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
SECONDS = 20


def wait_until(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def spool_folder(settings, tmp_path, monkeypatch):
    settings.ACCESS_SPOOL = tmp_path / "spool"
    monkeypatch.setattr(spooled, "_looked_at", 0.0)


@pytest.fixture
def client(manager, member):
    client = signed_in(manager)
    client.raise_request_exception = False
    client.get("/")
    return client


def restart_primary(cluster, until_replica):
    cluster.primary.start()
    cluster.wait_until_streaming()
    cluster.wait_until_caught_up()
    connections["default"].close()
    wait_until(lambda: not observer.primary_is_down())
    until_replica()


@pytest.fixture
def down(client, cluster, until_replica):
    """The primary is killed, and the console knows by its own looking."""
    cluster.wait_until_caught_up()
    until_replica()
    cluster.primary.stop(IMMEDIATE_STOP)
    wait_until(observer.primary_is_down)
    yield cluster
    restart_primary(cluster, until_replica)


@pytest.mark.usefixtures("down")
@pytest.mark.parametrize("path", ["/", "/users/", "/users/?q=김철수", "/users/{member}/", "/staff/me/", "/jobs/"])
def test_who_is_signed_in_goes_on_reading_and_is_told(client, member, path):
    page = client.get(path.format(member=member.pk))
    assert page.status_code == 200
    assert "지금은 데이터베이스를 읽을 수만 있습니다" in page.text


def test_the_page_that_finds_it_gone_comes_from_the_replica(client, member, cluster, until_replica):
    cluster.wait_until_caught_up()
    until_replica()
    cluster.primary.stop(IMMEDIATE_STOP)
    try:
        page = client.get(f"/users/{member.pk}/")
        machines = client.get("/readyz")
    finally:
        restart_primary(cluster, until_replica)
    assert page.status_code == 200
    assert "김철수" in page.text
    assert (machines.status_code, machines.json()["status"]) == (200, "degraded")


@pytest.mark.usefixtures("down")
def test_what_is_read_is_on_record_once_it_is_back(client, member, manager, cluster, until_replica):
    assert client.get(f"/users/{member.pk}/").status_code == 200
    assert "김철수" in client.get("/users/").text
    (file,) = waiting()
    assert file.stat().st_mode & 0o077 == 0
    restart_primary(cluster, until_replica)
    spooled._looked_at = 0.0
    assert client.get("/jobs/").status_code == 200
    assert not waiting()
    about = UserAccessAudit.objects.filter(actor_id=manager.pk)
    assert about.filter(action=Action.VIEW, user_id=member.pk).exists()
    assert about.filter(action=Action.SEARCH, detail__user_ids__contains=[member.pk]).exists()


@pytest.mark.usefixtures("down")
def test_without_a_record_nothing_is_shown(client, member, settings, tmp_path):
    settings.ACCESS_SPOOL = tmp_path / "a file" / "spool"
    settings.ACCESS_SPOOL.parent.write_text("")
    page = client.get(f"/users/{member.pk}/")
    assert page.status_code == 503
    assert "김철수" not in page.text


def test_every_page_is_still_read(readable, client, request):
    request.getfixturevalue("down")
    assert len(readable) > 50
    assert {url: page.status_code for url in readable if (page := client.get(url)).status_code != 200} == {}


@pytest.mark.usefixtures("down")
def test_what_is_typed_can_be_sent_again(client, member, cluster, until_replica):
    url = reverse("users:suspend", args=[member.pk])
    sent = {"reason": "첫째 줄\n둘째 줄 <b>", "version": ""}
    page = client.post(url, sent)
    assert page.status_code == 503
    assert int(page["Retry-After"]) > 0
    assert f'action="{url}"' in page.text
    assert "둘째 줄 &lt;b&gt;" in page.text
    restart_primary(cluster, until_replica)
    assert client.post(url, sent).status_code == 302
    assert User.objects.get(pk=member.pk).status == "suspended"


@pytest.mark.usefixtures("down")
def test_a_password_is_not_shown_again(client):
    page = client.post(reverse("staff:login"), {"username": "x@ygs.test", "password": "correct horse"})
    assert "correct horse" not in page.text


@pytest.mark.usefixtures("down")
def test_with_the_standby_gone_too_there_is_one_clear_page_quickly(client, down, member):
    down.standby.stop(IMMEDIATE_STOP)
    try:
        begun = time.monotonic()
        pages = [client.get("/users/"), client.get(f"/users/{member.pk}/"), client.post("/users/export/", {"a": "b"})]
        took = time.monotonic() - begun
    finally:
        # The standby starts by itself, though it finds no primary yet.
        down.standby.start()
    for page in pages:
        assert page.status_code == 503
        assert "</html>" in page.text
        assert "Traceback" not in page.text
    assert took < SECONDS


class TestSpool:
    """Rows that wait in files."""

    def row(self, **columns):
        return UserAccessAudit.about(Action.VIEW, by=None, user_id="usr_x", **columns)

    def test_they_are_delivered_once_and_as_they_were(self):
        row = self.row(reason="이유", detail={"user_ids": ["usr_y"]})
        spool([row])
        spool([self.row()])
        assert deliver() == 2
        assert deliver() == 0
        kept = UserAccessAudit.objects.get(pk=row.pk)
        assert (kept.created_at, kept.reason, kept.detail) == (row.created_at, row.reason, row.detail)

    def test_a_delivery_that_was_cut_short_writes_no_row_twice(self):
        row = self.row()
        spool([row])
        UserAccessAudit.objects.bulk_create([row])
        deliver()
        assert UserAccessAudit.objects.count() == 1

    def test_a_line_that_was_not_ended_is_left_out(self):
        spool([self.row()])
        (file,) = waiting()
        with file.open("a") as lines:
            lines.write('{"id": "aud')
        assert deliver() == 1

    def test_a_disk_that_takes_nothing_is_an_error(self, settings, tmp_path):
        settings.ACCESS_SPOOL = tmp_path / "file"
        settings.ACCESS_SPOOL.write_text("")
        with pytest.raises(SpoolError):
            spool([self.row()])
