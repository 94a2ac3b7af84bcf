"""The metrics: who may read them, what they count, and that they name nobody."""

import pytest
from django.test import Client

from ygs_admin.db.replication.choosing import breaker_of
from ygs_admin.tests.test_every_url import signed_in

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
TOKEN = "let me in"


@pytest.fixture
def scrape(settings):
    settings.METRICS_TOKEN = TOKEN

    def ask():
        response = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert response.status_code == 200
        lines = (line.rsplit(" ", 1) for line in response.content.decode().splitlines() if not line.startswith("#"))
        return {name: float(value) for name, value in lines}

    return ask


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", TOKEN, f"Basic {TOKEN}"])
def test_without_the_token_there_is_no_such_page(settings, header):
    settings.METRICS_TOKEN = TOKEN
    assert Client().get("/metrics", headers={"Authorization": header}).status_code == 404


def test_where_no_token_is_set_nobody_reads_them(settings):
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_requests_reads_and_statements_are_counted(scrape, reviewer, until_replica):
    client = signed_in(reviewer)
    until_replica()
    before = scrape()
    assert client.get("/users/").status_code == 200
    after = scrape()

    def more(name):
        return after.get(name, 0) - before.get(name, 0)

    assert more('ygs_requests_total{method="GET",status="200",view="users:list"}') == 1
    assert more('ygs_request_seconds_count{view="users:list"}') == 1
    assert more('ygs_reads_total{alias="replica",why=""}') >= 1
    assert more('ygs_queries_total{alias="replica"}') > 0
    assert after['ygs_replica_usable{alias="replica"}'] == 1
    assert 0 <= after['ygs_replica_lag_seconds{alias="replica"}'] < 10


def test_breakers_are_counted(scrape):
    name = 'ygs_breaker_changes_total{alias="replica",state="open"}'
    before = scrape().get(name, 0)
    breaker_of("replica").fail()
    assert scrape()[name] == before + 1


def test_an_address_is_counted_by_its_view_and_no_name_is_in_it(scrape, manager, make_member):
    member = make_member(name="김철수")
    signed_in(manager).get(f"/users/{member.pk}/?q=김철수")
    Client().get("/no/such/page/김철수/")
    text = "\n".join(scrape())
    assert 'view="users:detail"' in text
    assert member.pk not in text
    assert "김철수" not in text
