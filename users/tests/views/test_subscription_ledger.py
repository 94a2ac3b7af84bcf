"""The section on the member's page, and the page of the ledger."""

import re

import pytest
from django.urls import reverse

from users.models import Action, UserAccessAudit, UserSubscription
from users.tests.subscribing import subscribed
from ygs_admin.db.ids import new_id
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def ledger_of(member):
    return reverse("users:subscription_ledger", args=[member.pk])


def offered(page):
    return re.findall(r'data-subscription-verb="([\w-]+)"', page.text)


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


class TestSection:
    @pytest.mark.parametrize(
        ("status", "verbs"),
        [
            ("active", ["change-plan", "extend", "pause", "cancel"]),
            ("paused", ["resume", "change-plan", "extend", "cancel"]),
            ("expired", ["start", "extend"]),
            ("canceled", ["start", "uncancel"]),
            ("frozen", []),
        ],
    )
    def test_the_next_verbs_are_offered(self, client, manager, member, status, verbs):
        subscribed(member, status=status)
        client.force_login(manager)
        assert offered(client.get(reverse("users:detail", args=[member.pk]))) == verbs

    def test_only_those_that_the_person_may_press(self, client, consultant, matchmaker, member):
        subscribed(member)
        for person, verbs in ((consultant, ["change-plan", "extend", "pause"]), (matchmaker, [])):
            client.force_login(person)
            assert offered(client.get(reverse("users:detail", args=[member.pk]))) == verbs

    def test_a_member_without_one_is_offered_to_start(self, client, consultant, member):
        client.force_login(consultant)
        assert offered(client.get(reverse("users:detail", args=[member.pk]))) == ["start"]

    def test_nothing_is_offered_on_a_deleted_member(self, client, manager, member):
        subscribed(member)
        member.soft_delete(by=None)
        client.force_login(manager)
        assert offered(client.get(reverse("users:detail", args=[member.pk]))) == []


class TestLedger:
    def test_lines_with_their_running_balance(self, client, matchmaker, member):
        subscription = subscribed(member)
        used = new_id("mh")
        subscription.use_introduction(match_history_id=used, by=matchmaker)
        client.force_login(matchmaker)
        page = client.get(ledger_of(member))
        assert re.findall(r'data-delta="(-?\d+)"', page.text) == ["-1", "5"]
        assert re.findall(r'data-balance="(-?\d+)"', page.text) == ["4", "5"]
        assert used in page.text
        assert matchmaker.name in page.text
        assert "data-unrecorded" not in page.text

    def test_a_change_by_the_app_is_a_line_of_its_own(self, client, matchmaker, member):
        subscribed(member, introductions_used=2)
        client.force_login(matchmaker)
        page = client.get(ledger_of(member))
        assert re.findall(r'data-delta="(-?\d+)"', page.text) == ["-2", "5"]
        assert page.text.count("data-unrecorded") == 1

    def test_page_by_page(self, client, matchmaker, member):
        subscription = subscribed(member, "premium")
        for _ in range(60):
            subscription.use_introduction(match_history_id=new_id("mh"), by=matchmaker)
        UserSubscription.objects.update(introductions_used=61)
        client.force_login(matchmaker)
        first = client.get(ledger_of(member))
        second = client.get(first.context["page"].next_url)
        deltas = [re.findall(r'data-delta="(-?\d+)"', page.text) for page in (first, second)]
        assert [len(found) for found in deltas] == [51, 11]
        assert sum(int(delta) for found in deltas for delta in found) == -61
        assert "data-unrecorded" not in second.text
        assert "data-unrecorded" in client.get(second.context["page"].previous_url).text
        assert client.get(f"{ledger_of(member)}?page=worn-out").status_code == 200

    def test_htmx_gets_the_results_alone(self, client, matchmaker, member):
        subscribed(member)
        client.force_login(matchmaker)
        part = client.get(ledger_of(member), headers={"HX-Request": "true"})
        assert "<html" not in part.text
        assert "data-balance" in part.text

    def test_the_look_is_recorded(self, client, matchmaker, member):
        subscription = subscribed(member)
        client.force_login(matchmaker)
        client.get(ledger_of(member))
        row = UserAccessAudit.objects.get(action=Action.VIEW)
        assert (row.user_id, row.resource_type) == (member.pk, "console_introduction_ledger")
        assert row.resource_id == subscription.pk

    def test_costs_few_queries(self, client, matchmaker, member):
        subscribed(member)
        client.force_login(matchmaker)
        with domain_queries() as queries:
            client.get(ledger_of(member))
        # The member, the subscription with the ledger's last entry, and the row of the access record.
        assert len(queries) == 3

    def test_who_may_not_and_what_is_not_there(self, client, auditor, outsider, manager, member):
        client.force_login(manager)
        assert client.get(ledger_of(member)).status_code == 404
        assert client.get("/users/usr_nobody/subscription/ledger/").status_code == 404
        assert client.get(reverse("users:subscription_ledger", args=[new_id("usr")])).status_code == 404
        subscribed(member)
        assert client.post(ledger_of(member)).status_code == 405
        for person in (auditor, outsider):
            client.force_login(person)
            assert client.get(ledger_of(member)).status_code == 403
