"""The verbs' pages: GET says what will happen, POST does it, undo undoes it."""

import pytest
from django.urls import reverse

from users.models import User, UserAccessAudit
from users.verbs import VERBS
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db

STARTS = {
    "approve": "pending",
    "reject": "pending",
    "reconsider": "rejected",
    "suspend": "approved",
    "reinstate": "suspended",
    "withdraw": "approved",
    "readmit": "withdrawn",
    "delete": "approved",
    "restore": "approved",
}
ENDS = {
    "approve": "approved",
    "reject": "rejected",
    "reconsider": "pending",
    "suspend": "suspended",
    "reinstate": "approved",
    "withdraw": "withdrawn",
    "readmit": "pending",
}


def url_of(key, member):
    return reverse(f"users:{key}", args=[member.pk])


@pytest.fixture
def member_for(make_member):
    def make(key):
        member = make_member(name="김철수", status=STARTS[key])
        if key == "restore":
            member.soft_delete(by=None)
        return member

    return make


@pytest.mark.parametrize("key", VERBS)
def test_get_explains_and_changes_nothing(client, manager, member_for, key):
    member = member_for(key)
    client.force_login(manager)
    response = client.get(url_of(key, member))
    assert response.status_code == 200
    assert member.name in response.text
    member.refresh_from_db()
    assert member.status == STARTS[key]
    (look,) = UserAccessAudit.objects.filter(request_id=response["X-Request-ID"])
    assert (look.action, look.user_id) == ("view", member.pk)


@pytest.mark.parametrize("key", VERBS)
def test_post_does_it_once_and_records_it_once(client, manager, member_for, key):
    member = member_for(key)
    client.force_login(manager)
    rows = UserAccessAudit.objects.count()
    for _ in range(2):
        assert client.post(url_of(key, member), {"reason": "본인 요청"}).status_code == 302
    member.refresh_from_db()
    assert member.status == ENDS.get(key, STARTS[key])
    assert member.is_deleted is (key == "delete")
    assert UserAccessAudit.objects.count() == rows + 1
    row = UserAccessAudit.objects.first()
    assert (row.user_id, row.actor_id) == (member.pk, manager.pk)
    assert row.reason == ("본인 요청" if VERBS[key].needs_reason else None)


@pytest.mark.parametrize("key", [key for key in VERBS if VERBS[key].needs_reason])
def test_a_reason_is_asked_for(client, manager, member_for, key):
    member = member_for(key)
    client.force_login(manager)
    response = client.post(url_of(key, member), {"reason": "  "})
    assert response.status_code == 422
    member.refresh_from_db()
    assert (member.status, member.is_deleted) == (STARTS[key], False)


@pytest.mark.parametrize("key", ["approve", "reject", "suspend", "withdraw", "delete"])
def test_the_flash_offers_an_undo_that_works(client, manager, member_for, key):
    member = member_for(key)
    client.force_login(manager)
    page = client.post(url_of(key, member), {"reason": "시험"}, follow=True)
    undo = url_of(VERBS[key].inverse, member)
    assert f'action="{undo}"' in page.text
    client.post(undo)
    member.refresh_from_db()
    assert (member.status, member.is_deleted) == (STARTS[key], False)


def test_a_verb_that_does_not_apply_says_why(client, manager, make_member):
    member = make_member(status="suspended")
    client.force_login(manager)
    page = client.post(url_of("approve", member), follow=True)
    assert "정지" in page.text
    member.refresh_from_db()
    assert member.status == "suspended"


def test_a_deleted_member_is_only_restored(client, manager, make_member):
    member = make_member(status="pending")
    member.soft_delete(by=None)
    client.force_login(manager)
    client.post(url_of("approve", member))
    member.refresh_from_db()
    assert (member.status, member.is_deleted) == ("pending", True)


def test_the_verb_returns_to_where_it_was_pressed(client, manager, make_member):
    member = make_member(status="pending")
    client.force_login(manager)
    back = f"{reverse('users:list')}?status=pending"
    assert client.post(url_of("approve", member), {"next": back}).url == back
    away = client.post(url_of("reconsider", member), {"next": "https://evil.example/"}).url
    assert away == reverse("users:detail", args=[member.pk])


@pytest.mark.parametrize("key", VERBS)
def test_the_wrong_role_may_not(client, auditor, outsider, member_for, key):
    member = member_for(key)
    for person in (auditor, outsider):
        client.force_login(person)
        assert client.post(url_of(key, member), {"reason": "x"}).status_code == 403
    assert User.all_objects.get(pk=member.pk).status == STARTS[key]


@pytest.mark.parametrize("key", VERBS)
def test_a_missing_member_is_not_found(client, manager, key):
    client.force_login(manager)
    assert client.post(reverse(f"users:{key}", args=[new_id("usr")])).status_code == 404


@pytest.mark.parametrize("key", VERBS)
def test_other_methods_are_refused(client, manager, member_for, key):
    client.force_login(manager)
    assert client.put(url_of(key, member_for(key))).status_code == 405
