"""The pages of the verbs on a subscription: GET says what will happen, POST does it, unless the page is out of date."""

import pytest
from django.urls import reverse
from django.utils import timezone

from users.models import Action, UserAccessAudit, UserSubscription
from users.subscriptions.verbs import SUBSCRIPTION_VERBS
from users.tests.pressing import GIVEN, hidden_of, press, url_of
from users.tests.subscribing import as_read, last_record, subscribed
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

# A row's version is its transaction's, and most tests are one transaction.
in_transactions = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

STARTS = {"start": "expired", "resume": "paused", "uncancel": "canceled"}
ENDS = {"pause": "paused", "cancel": "canceled"}
WRONG_ROLES = {"users.refund_usersubscription": ("consultant", "matchmaker", "auditor", "outsider")}


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


@pytest.fixture
def subscription_for(member):
    def make(key, **columns):
        status = STARTS.get(key, "active")
        stamps = {"paused": {"paused_at": timezone.now()}, "canceled": {"canceled_at": timezone.now()}}
        return subscribed(member, status=status, **stamps.get(status, {}), **columns)

    return make


def changes_on_record():
    """Count the rows of the access record beside those of looking."""
    return UserAccessAudit.objects.exclude(action=Action.VIEW).count()


@pytest.mark.parametrize("key", SUBSCRIPTION_VERBS)
class TestEveryVerb:
    def test_get_explains_and_changes_nothing(self, client, manager, member, subscription_for, key):
        before = subscription_for(key)
        client.force_login(manager)
        rows = changes_on_record()
        page = client.get(url_of(key, member))
        assert page.status_code == 200
        assert member.name in page.text
        assert UserSubscription.objects.get().status == before.status
        assert changes_on_record() == rows

    def test_post_does_it_once_and_records_it_once(self, client, manager, member, subscription_for, key):
        subscription = subscription_for(key)
        client.force_login(manager)
        rows = changes_on_record()
        response = press(client, key, member)
        if key == "change-plan":
            response = client.post(url_of(key, member), {**GIVEN[key], **hidden_of(response)})
        assert response.url == f"{reverse('users:detail', args=[member.pk])}#subscription"
        subscription.refresh_from_db()
        assert subscription.status == ENDS.get(key, "active")
        assert changes_on_record() == rows + 1
        assert last_record(subscription).actor_id == manager.pk

    def test_the_wrong_role_may_not(self, client, request, member, subscription_for, key):
        subscription = subscription_for(key)
        permission = SUBSCRIPTION_VERBS[key].permission
        for role in WRONG_ROLES.get(permission, ("reviewer", "matchmaker", "auditor", "outsider")):
            client.force_login(request.getfixturevalue(role))
            for send in (client.get, client.post):
                assert send(url_of(key, member)).status_code == 403
        assert UserSubscription.objects.get().status == subscription.status

    def test_a_missing_or_deleted_member_is_not_found(self, client, manager, member, subscription_for, key):
        subscription_for(key)
        client.force_login(manager)
        assert client.get(reverse(SUBSCRIPTION_VERBS[key].url_name, args=[new_id("usr")])).status_code == 404
        assert client.get(f"/users/usr_nobody/subscription/{key}/").status_code == 404
        member.soft_delete(by=None)
        assert client.post(url_of(key, member)).status_code == 404

    def test_a_member_without_one_can_only_start(self, client, manager, member, key):
        client.force_login(manager)
        expected = 200 if key == "start" else 404
        assert client.get(url_of(key, member)).status_code == expected

    def test_other_methods_are_refused(self, client, manager, member, key):
        client.force_login(manager)
        assert client.put(url_of(key, member)).status_code == 405

    def test_without_its_version_nothing_is_done(self, client, manager, member, subscription_for, key):
        subscription = subscription_for(key)
        client.force_login(manager)
        response = client.post(url_of(key, member), GIVEN.get(key, {}))
        assert response.status_code == 422
        assert "row_version" in response.text
        assert UserSubscription.objects.get().status == subscription.status

    def test_where_it_does_not_apply_the_page_says_why(self, client, manager, member, key):
        subscribed(member, status="frozen")
        client.force_login(manager)
        page = client.get(url_of(key, member), follow=True)
        assert page.redirect_chain
        assert "frozen" in page.text
        version = as_read(UserSubscription.objects.get()).row_version
        given = {"row_version": version, **GIVEN.get(key, {})}
        assert client.post(url_of(key, member), given).status_code in {200, 302}
        assert UserSubscription.objects.get().status == "frozen"


@in_transactions
@pytest.mark.parametrize("key", SUBSCRIPTION_VERBS)
def test_a_page_that_is_out_of_date_says_what_has_changed(client, manager, member, subscription_for, key):
    subscription = subscription_for(key)
    client.force_login(manager)
    page = client.get(url_of(key, member))
    UserSubscription.objects.update(price_krw=123_456)
    response = press(client, key, member, hidden_of(page))
    if key == "change-plan":
        response = client.post(url_of(key, member), {**GIVEN[key], **hidden_of(response)})
    assert response.status_code == 409
    assert "₩690,000" in response.text
    assert "₩123,456" in response.text
    assert UserSubscription.objects.get().status == subscription.status
    # The page that says so can be pressed: it knows what has changed.
    again = press(client, key, member, hidden_of(response))
    if key == "change-plan":
        again = client.post(url_of(key, member), {**GIVEN[key], **hidden_of(again)})
    assert again.status_code == 302
