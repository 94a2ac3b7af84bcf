"""Starting, restoring, changing the plan, extending and pausing: what each takes, and what it names as bad."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from users.models import UserAccessAudit, UserSubscription
from users.tests.pressing import GIVEN, hidden_of, press, url_of
from users.tests.subscribing import subscribed

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

in_transactions = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


class TestStart:
    def test_a_first_one(self, client, consultant, member):
        client.force_login(consultant)
        assert press(client, "start", member, plan="basic", price_krw="500000", months="3").status_code == 302
        started = UserSubscription.objects.get(user=member)
        assert (started.plan, started.price_krw, started.introductions_total) == ("basic", 500_000, 5)

    def test_a_free_one_and_one_without_a_limit(self, client, consultant, member):
        client.force_login(consultant)
        press(client, "start", member, plan="basic", price_krw="0", is_unlimited="on")
        started = UserSubscription.objects.get(user=member)
        assert (started.price_krw, started.introductions_total) == (0, None)

    @pytest.mark.parametrize(
        ("field", "given"),
        [
            ("plan", {"plan": "gold"}),
            ("plan", {"plan": ""}),
            ("price_krw", {"price_krw": "-1"}),
            ("price_krw", {"price_krw": "9" * 30}),
            ("price_krw", {"price_krw": "무료"}),
            ("months", {"months": "0"}),
            ("months", {"months": "61"}),
            ("introductions_total", {"introductions_total": "0"}),
            ("introductions_total", {"introductions_total": "3", "is_unlimited": "on"}),
        ],
    )
    def test_bad_terms_are_named(self, client, consultant, member, field, given):
        client.force_login(consultant)
        response = press(client, "start", member, **given)
        assert response.status_code == 422
        assert field in response.context["form"].errors
        assert not UserSubscription.objects.exists()

    def test_a_deleted_one_is_offered_back(self, client, consultant, member):
        subscribed(member).soft_delete(by=None)
        client.force_login(consultant)
        page = client.get(url_of("start", member))
        restore = reverse("users:subscription_restore", args=[member.pk])
        assert f'action="{restore}"' in page.text
        assert client.post(url_of("start", member), GIVEN["start"]).status_code == 409
        assert client.post(restore).status_code == 302
        assert UserSubscription.objects.get(user=member).status == "active"
        assert UserAccessAudit.objects.about(member.pk)[0].action == "restore"
        assert client.post(restore).status_code == 302

    def test_restoring_needs_something_to_restore_and_the_permission(self, client, consultant, reviewer, member):
        restore = reverse("users:subscription_restore", args=[member.pk])
        client.force_login(consultant)
        assert client.post(restore).status_code == 404
        assert client.get(restore).status_code == 405
        client.force_login(reviewer)
        assert client.post(restore).status_code == 403


class TestChangePlan:
    def test_the_difference_is_shown_before_it_is_taken(self, client, consultant, member):
        subscribed(member)
        client.force_login(consultant)
        preview = press(client, "change-plan", member)
        assert preview.status_code == 200
        assert "₩1,490,000 (+₩800,000)" in preview.text
        assert UserSubscription.objects.get().plan == "basic"
        shorter = {**GIVEN["change-plan"], "months": "6"}
        other = client.post(url_of("change-plan", member), {**shorter, **hidden_of(preview)})
        assert other.status_code == 200
        assert client.post(url_of("change-plan", member), {**shorter, **hidden_of(other)}).status_code == 302
        assert UserSubscription.objects.get().plan == "standard"

    def test_less_than_is_used_is_named(self, client, consultant, member):
        subscribed(member, introductions_used=4)
        client.force_login(consultant)
        response = press(client, "change-plan", member, plan="trial")
        assert response.status_code == 422
        assert "introductions_total" in response.context["form"].errors

    def test_what_was_agreed_on_cannot_be_forged(self, client, consultant, member):
        subscribed(member)
        client.force_login(consultant)
        response = press(client, "change-plan", member, agreed='["standard",12,12,1]:forged', price_krw="1")
        assert response.status_code == 200
        assert UserSubscription.objects.get().plan == "basic"


class TestExtend:
    @pytest.mark.parametrize(
        ("field", "given"),
        [
            ("days", {"days": ""}),
            ("days", {"days": "367"}),
            ("introductions", {"introductions": "-1"}),
            ("reason", {"reason": " "}),
        ],
    )
    def test_bad_values_are_named(self, client, consultant, member, field, given):
        subscribed(member)
        client.force_login(consultant)
        response = press(client, "extend", member, **given)
        assert response.status_code == 422
        assert field in response.context["form"].errors

    @in_transactions
    def test_a_double_click_extends_once(self, client, consultant, member):
        ends = subscribed(member).expires_at
        client.force_login(consultant)
        hidden = hidden_of(client.get(url_of("extend", member)))
        assert [press(client, "extend", member, hidden).status_code for _ in range(2)] == [302, 409]
        assert UserSubscription.objects.get().expires_at - ends == timedelta(days=7)


class TestPause:
    @in_transactions
    def test_the_flash_offers_an_undo_that_works_once(self, client, consultant, member):
        subscribed(member)
        client.force_login(consultant)
        hidden = hidden_of(client.get(url_of("pause", member)))
        page = client.post(url_of("pause", member), {**hidden, "reason": "출장"}, follow=True)
        undo = re.search(r'action="([^"]*resume/\?row_version=\d+)"', page.text).group(1)
        assert client.post(undo).status_code == 302
        assert UserSubscription.objects.get().status == "active"

    def test_a_reason_is_asked_for(self, client, consultant, member):
        subscribed(member)
        client.force_login(consultant)
        response = press(client, "pause", member, reason="\x00")
        assert response.status_code == 422
        assert "reason" in response.context["form"].errors
