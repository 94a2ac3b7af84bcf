"""Approve, refuse, reopen by their pages: GET says what will happen, POST does it, unless the page is out of date."""

import re

import pytest
from django.urls import reverse

from users.documents.reject_sentences import sentence_for
from users.documents.verbs import DOCUMENT_VERBS
from users.models import UserDocument
from users.tests.reviewing import as_shown, days_from_now, handed_in, records_of
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

# A row's version is its transaction's, and most tests are one transaction.
in_transactions = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

STARTS = {"approve": "pending", "reject": "pending", "reopen": "rejected"}
ENDS = {"approve": "approved", "reject": "rejected", "reopen": "pending"}
GIVEN = {"reject": {"reason": "unreadable"}}


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


@pytest.fixture
def document_for(member):
    return lambda key, **columns: handed_in(member, status=STARTS[key], **columns)


def url_of(key, document):
    return reverse(f"users:document_{key}", args=[document.user_id, document.pk])


def hidden_of(page):
    return {name: re.search(f'name="{name}"[^>]* value="([^"]*)"', page.text)[1] for name in ("row_version", "shown")}


def press(client, key, document, hidden=None, **given):
    hidden = hidden_of(client.get(url_of(key, document))) if hidden is None else hidden
    return client.post(url_of(key, document), {**hidden, **GIVEN.get(key, {}), **given})


def now(document):
    return UserDocument.all_objects.get(pk=document.pk)


@pytest.mark.parametrize("key", DOCUMENT_VERBS)
class TestEveryVerb:
    def test_get_explains_and_changes_nothing(self, client, reviewer, document_for, key):
        document = document_for(key)
        client.force_login(reviewer)
        page = client.get(url_of(key, document))
        assert page.status_code == 200
        assert "김철수" in page.text
        assert now(document).status == STARTS[key]
        assert records_of(document) == []

    def test_post_does_it_once_and_records_it_once(self, client, reviewer, document_for, key):
        document = document_for(key)
        client.force_login(reviewer)
        assert press(client, key, document).url == reverse("users:document", args=[document.user_id, document.pk])
        assert now(document).status == ENDS[key]
        assert [row.actor_id for row in records_of(document)] == [reviewer.pk]

    def test_pressed_twice_it_is_done_once(self, client, reviewer, document_for, key):
        document = document_for(key)
        client.force_login(reviewer)
        hidden = hidden_of(client.get(url_of(key, document)))
        for _ in range(2):
            assert press(client, key, document, hidden).status_code == 302
        assert len(records_of(document)) == 1

    def test_the_wrong_role_may_not(self, client, request, document_for, key):
        document = document_for(key)
        for role in ("matchmaker", "consultant", "auditor", "outsider"):
            client.force_login(request.getfixturevalue(role))
            for send in (client.get, client.post):
                assert send(url_of(key, document)).status_code == 403
        assert now(document).status == STARTS[key]

    def test_what_is_missing_deleted_or_anothers_is_not_found(self, client, manager, make_member, document_for, key):
        document = document_for(key)
        client.force_login(manager)
        name = f"users:document_{key}"
        assert client.get(reverse(name, args=[make_member().pk, document.pk])).status_code == 404
        assert client.get(reverse(name, args=[document.user_id, new_id("doc")])).status_code == 404
        assert client.get(f"/users/{document.user_id}/documents/doc_x/{key}/").status_code == 404
        document.soft_delete(by=None)
        assert client.post(url_of(key, document)).status_code == 404
        document.undelete(by=None)
        document.user.soft_delete(by=None)
        assert client.post(url_of(key, document)).status_code == 404

    def test_other_methods_are_refused(self, client, reviewer, document_for, key):
        client.force_login(reviewer)
        assert client.put(url_of(key, document_for(key))).status_code == 405

    def test_without_its_version_nothing_is_done(self, client, reviewer, document_for, key):
        document = document_for(key)
        client.force_login(reviewer)
        answer = client.post(url_of(key, document), GIVEN.get(key, {}))
        assert answer.status_code == 422
        assert "row_version" in answer.text
        assert now(document).status == STARTS[key]

    def test_where_it_does_not_apply_the_page_says_why(self, client, reviewer, member, key):
        document = handed_in(member, status="archived")
        client.force_login(reviewer)
        assert "archived" in client.get(url_of(key, document), follow=True).text
        hidden = {"row_version": as_shown(document).row_version}
        assert "archived" in client.post(url_of(key, document), hidden | GIVEN.get(key, {}), follow=True).text
        assert now(document).status == "archived"

    def test_it_leads_back_to_where_it_was_asked_from_and_nowhere_else(self, client, reviewer, document_for, key):
        client.force_login(reviewer)
        assert press(client, key, document_for(key), next="/users/").url == "/users/"
        assert press(client, key, document_for(key), next="//evil.example/").url.startswith("/users/usr_")


@in_transactions
@pytest.mark.parametrize("key", DOCUMENT_VERBS)
def test_a_page_that_is_out_of_date_says_what_has_changed(client, reviewer, document_for, key):
    document = document_for(key, original_filename="old.pdf")
    client.force_login(reviewer)
    hidden = hidden_of(client.get(url_of(key, document)))
    UserDocument.objects.filter(pk=document.pk).update(original_filename="new.pdf")
    answer = press(client, key, document, hidden)
    assert answer.status_code == 409
    assert "old.pdf" in answer.text
    assert "new.pdf" in answer.text
    assert now(document).status == STARTS[key]
    assert press(client, key, document, hidden_of(answer)).status_code == 302
    assert now(document).status == ENDS[key]


@in_transactions
def test_a_colleagues_decision_is_not_overruled_unseen(client, reviewer, manager, document_for):
    document = document_for("approve")
    client.force_login(reviewer)
    hidden = hidden_of(client.get(url_of("approve", document)))
    document.reject(by=manager, reason="suspected_forgery", note="위조로 보입니다.")
    answer = press(client, "approve", document, hidden)
    assert answer.status_code == 409
    assert "위조로 보입니다." in answer.text
    assert now(document).status == "rejected"


@in_transactions
def test_what_was_typed_is_still_there_after_a_conflict(client, reviewer, document_for):
    document = document_for("reject")
    client.force_login(reviewer)
    hidden = hidden_of(client.get(url_of("reject", document)))
    UserDocument.objects.filter(pk=document.pk).update(original_filename="new.pdf")
    answer = press(client, "reject", document, hidden, reason="name_mismatch", note="이름이 다릅니다.")
    assert "이름이 다릅니다." in answer.text
    assert re.search(r'value="name_mismatch"[^>]* selected', answer.text)


@in_transactions
@pytest.mark.parametrize("key", ["approve", "reject"])
def test_it_is_undone_by_the_flash(client, reviewer, document_for, key):
    document = document_for(key)
    client.force_login(reviewer)
    page = client.get(press(client, key, document).url)
    undo = re.search(r'action="([^"]*reopen/\?row_version=\d+)"', page.text)[1]
    assert client.post(undo).status_code == 302
    assert now(document).status == "pending"


@in_transactions
def test_an_undo_that_comes_too_late_asks(client, reviewer, manager, document_for):
    document = document_for("approve")
    client.force_login(reviewer)
    page = client.get(press(client, "approve", document).url)
    undo = re.search(r'action="([^"]*reopen/\?row_version=\d+)"', page.text)[1]
    document.reject(by=manager, reason="unreadable")
    assert client.post(undo).status_code == 409
    assert now(document).status == "rejected"


class TestApproving:
    def test_the_day_is_suggested_and_may_be_another(self, client, reviewer, document_for):
        document = document_for("approve")
        client.force_login(reviewer)
        page = client.get(url_of("approve", document))
        assert f'value="{days_from_now(3650)}"' in page.text
        press(client, "approve", document, expires_on=str(days_from_now(30)))
        assert now(document).expires_on == days_from_now(30)

    def test_left_empty_it_is_as_is_usual(self, client, reviewer, document_for):
        document = document_for("approve")
        client.force_login(reviewer)
        press(client, "approve", document, expires_on="")
        assert now(document).expires_on == days_from_now(3650)

    @pytest.mark.parametrize("day", ["soon", "2026-02-30", "\x00"])
    def test_a_day_that_is_none_is_refused(self, client, reviewer, document_for, day):
        document = document_for("approve")
        client.force_login(reviewer)
        assert press(client, "approve", document, expires_on=day).status_code == 422
        assert now(document).status == "pending"

    def test_a_day_that_is_over_says_so(self, client, reviewer, document_for):
        document = document_for("approve")
        client.force_login(reviewer)
        page = press(client, "approve", document, expires_on="2020-01-01")
        assert page.status_code == 422
        assert "(2020-01-01)" in page.text
        assert now(document).status == "pending"

    def test_where_its_usual_day_is_over_another_is_asked_for(self, client, reviewer, document_for):
        document = document_for("approve", expires_on="2020-01-01")
        client.force_login(reviewer)
        page = client.get(press(client, "approve", document, expires_on="").url)
        assert "(2020-01-01)" in page.text
        assert now(document).status == "pending"


class TestRefusing:
    def test_every_reason_brings_its_sentence(self, client, reviewer, document_for):
        client.force_login(reviewer)
        page = client.get(url_of("reject", document_for("reject")))
        assert f'data-text="{sentence_for("unreadable")}"' in page.text

    def test_the_sentence_may_be_edited(self, client, reviewer, document_for):
        document = document_for("reject")
        client.force_login(reviewer)
        press(client, "reject", document, note="도장이 보이지 않습니다.")
        assert (now(document).reject_reason, now(document).reject_note) == ("unreadable", "도장이 보이지 않습니다.")

    def test_a_member_is_always_told_something(self, client, reviewer, document_for):
        document = document_for("reject")
        client.force_login(reviewer)
        press(client, "reject", document, note="  ")
        assert now(document).reject_note == sentence_for("unreadable")

    @pytest.mark.parametrize(
        "given",
        [
            {"reason": ""},
            {"reason": "ugly"},
            {"reason": "other"},
            {"reason": "other", "note": " "},
            {"note": "x" * 501},
            {"note": "\x00"},
        ],
    )
    def test_what_is_incomplete_is_refused(self, client, reviewer, document_for, given):
        document = document_for("reject")
        client.force_login(reviewer)
        assert press(client, "reject", document, **given).status_code == 422
        assert now(document).status == "pending"


def test_only_what_fits_is_offered(client, reviewer, member):
    client.force_login(reviewer)
    offered = {
        status: [
            key
            for key in DOCUMENT_VERBS
            if url_of(key, document) in client.get(reverse("users:document", args=[member.pk, document.pk])).text
        ]
        for status in ("pending", "approved", "rejected", "expired", "archived")
        for document in [handed_in(member, status=status)]
    }
    assert offered == {
        "pending": ["approve", "reject"],
        "approved": ["reject", "reopen"],
        "rejected": ["approve", "reopen"],
        "expired": ["reopen"],
        "archived": [],
    }
