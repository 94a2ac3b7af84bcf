"""Whoever a response shows is on the record, once, whatever view it is."""

import pytest
from django.urls import reverse

from matching.models import MatchHistory
from users.models import Action, User, UserAccessAudit
from ygs_admin.web.showing import note_shown

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


@pytest.fixture
def member(make_member) -> User:
    return make_member(name="김철수")


@pytest.fixture
def browser(client, manager):
    client.force_login(manager)
    return client


def rows(response) -> list[UserAccessAudit]:
    return list(UserAccessAudit.objects.filter(request_id=response["X-Request-ID"]).order_by("id"))


def test_a_confirmation_that_names_a_member_is_a_look(browser, manager, member):
    (row,) = rows(browser.get(reverse("users:suspend", args=[member.pk])))
    assert (row.action, row.user_id, row.actor_id) == (Action.VIEW, member.pk, manager.pk)


def test_a_view_that_records_by_itself_is_recorded_once(browser, member):
    assert [row.user_id for row in rows(browser.get(reverse("users:detail", args=[member.pk])))] == [member.pk]


def test_the_partners_on_a_members_page_are_named_too(browser, member, make_member):
    partners = [make_member(gender="female").pk for _ in range(2)]
    for partner in partners:
        first, second = sorted((member.pk, partner))
        MatchHistory.objects.create(user_a_id=first, user_b_id=second, source="manual")
    own, others = rows(browser.get(reverse("users:detail", args=[member.pk])))
    assert own.user_id == member.pk
    assert (others.user_id, set(others.detail["user_ids"])) == (None, set(partners))


def test_a_redirect_shows_nobody_and_its_sentence_does(browser, member):
    nobody = f"{reverse('users:list')}?q=없는사람"
    answer = browser.post(reverse("users:suspend", args=[member.pk]), {"reason": "신고", "next": nobody})
    assert [row.action for row in rows(answer)] == [Action.UPDATE]
    page = browser.get(answer.url)
    assert "김철수" in page.text
    assert member.pk in {subject for row in rows(page) for subject in row.subjects}
    again = browser.get(nobody)
    assert [row.subjects for row in rows(again)] == [[]]


@pytest.mark.parametrize("status", [403, 404, 405])
def test_the_page_of_an_error_shows_nobody(browser, client, member, reviewer, status):
    if status == 404:
        member.soft_delete(by=None)
    client.force_login(reviewer)
    name = "users:suspend" if status == 403 else "users:detail"
    response = (client.post if status == 405 else client.get)(reverse(name, args=[member.pk]))
    assert response.status_code == status
    assert rows(response) == []


def test_what_cannot_be_recorded_is_not_sent(browser, member, monkeypatch):
    def fail(*_args, **_what):
        raise RuntimeError

    monkeypatch.setattr(UserAccessAudit, "record", fail)
    browser.raise_request_exception = False
    response = browser.get(reverse("users:suspend", args=[member.pk]))
    assert response.status_code == 500
    assert "김철수" not in response.text


def test_outside_of_a_request_nothing_is_noted(member):
    note_shown(member.pk, member.name)
    assert str(member)
    assert not UserAccessAudit.objects.exists()
