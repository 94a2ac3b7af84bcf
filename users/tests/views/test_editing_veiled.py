"""Editing contact details that may not be read: masked, replaced unseen, erased by saying so, revealed for a reason."""

import time

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import signing
from django.urls import reverse

from users.models import Action, User, UserAccessAudit
from users.revealing import REVEALED
from users.tests.admin.desk import form_of
from ygs_admin.testing.personas import make_staff
from ygs_admin.web.versioned_form import SALT

pytestmark = pytest.mark.django_db

CONTACTS = {"phone": "01012345678", "email": "chulsoo@naver.com", "kakao_id": "chul_77"}


@pytest.fixture
def member(make_member):
    return make_member(name="김철수", **CONTACTS)


@pytest.fixture
def urls(member):
    return reverse("users:edit_member", args=[member.pk]), reverse("users:reveal_to_edit", args=[member.pk])


def stored(member):
    member.refresh_from_db()
    return {field: getattr(member, field) for field in CONTACTS}


def send(client, url, page, **changed):
    """Post what a browser would send of a page after changing these fields; None sends a field not at all."""
    sent = form_of(page).dict()
    sent.update(changed)
    return client.post(url, {name: value for name, value in sent.items() if value is not None})


def leaks(page):
    """Return the stored values that a page says, the signed ones that it carries included."""
    carried = signing.loads(form_of(page)["original"], salt=SALT)
    return [value for value in CONTACTS.values() if value in page.text or value in carried.values()]


def looks(member):
    return list(
        UserAccessAudit.objects.filter(action=Action.REVEAL, user_id=member.pk).values_list("reason", flat=True)
    )


class TestUnseen:
    """A reviewer edits members and reveals nobody."""

    @pytest.fixture
    def page(self, client, reviewer, urls):
        client.force_login(reviewer)
        return client.get(urls[0])

    def test_the_form_shows_masks_and_offers_no_reveal(self, page, member, urls):
        assert leaks(page) == []
        for mask in ("010-****-5678", "c***@naver.com", "c***"):
            assert f'placeholder="{mask}"' in page.text
        assert urls[1] not in page.text
        assert looks(member) == []

    def test_saving_as_it_stands_changes_nothing(self, client, page, member, urls):
        assert send(client, urls[0], page).status_code == 302
        assert stored(member) == CONTACTS
        assert not UserAccessAudit.objects.filter(action=Action.UPDATE).exists()

    def test_another_field_is_edited_without_losing_them(self, client, page, member, urls):
        assert send(client, urls[0], page, birth_year="1991").status_code == 302
        assert stored(member) == CONTACTS
        assert member.birth_year == 1991

    def test_typing_replaces_unseen(self, client, page, member, urls):
        assert send(client, urls[0], page, phone="010-8765-4321", email="New@Naver.com").status_code == 302
        assert stored(member) == {"phone": "01087654321", "email": "New@naver.com", "kakao_id": "chul_77"}
        row = UserAccessAudit.objects.get(action=Action.UPDATE)
        assert row.detail == {
            "phone": ["010-****-5678", "010-****-4321"],
            "email": ["c***@naver.com", "N***@naver.com"],
        }

    def test_erasing_is_said(self, client, page, member, urls):
        assert send(client, urls[0], page, **{"email-erase": "on"}).status_code == 302
        assert stored(member) == CONTACTS | {"email": None}

    def test_what_is_needed_cannot_be_erased(self, client, page, member, urls):
        assert "phone-erase" not in page.text
        assert send(client, urls[0], page, **{"phone-erase": "on"}).status_code == 422
        assert stored(member) == CONTACTS

    def test_a_refused_form_shows_what_was_typed_and_masks(self, client, page, member, urls):
        again = send(client, urls[0], page, phone="12345", birth_year="1991")
        assert again.status_code == 422
        assert leaks(again) == []
        assert form_of(again)["phone"] == "12345"
        assert send(client, urls[0], again, phone="").status_code == 302
        assert stored(member) == CONTACTS

    def test_a_value_that_is_not_stored_is_an_input_like_any_other(self, client, reviewer, make_member):
        bare = make_member()
        client.force_login(reviewer)
        url = reverse("users:edit_member", args=[bare.pk])
        page = client.get(url)
        assert "email-erase" not in page.text
        send(client, url, page, email="new@naver.com")
        bare.refresh_from_db()
        assert bare.email == "new@naver.com"

    def test_they_may_not_reveal_here_either(self, client, page, urls):
        assert client.post(urls[1], {"reason": "x"}).status_code == 403
        session = client.session
        session[REVEALED] = {urls[0].split("/")[2]: ["x", time.time() + 60]}
        session.save()
        assert leaks(client.get(urls[0])) == []


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
class TestConflictUnseen:
    @pytest.fixture
    def theirs(self, client, reviewer, member, urls):
        """The reviewer has the form open, somebody else gives the member another e-mail and another Kakao id."""
        client.force_login(reviewer)
        page = client.get(urls[0])
        User.objects.filter(pk=member.pk).update(email="bora@daum.net", kakao_id="bora_1")
        return page

    def test_shows_masks_and_no_choice_in_what_i_did_not_touch(self, client, theirs, urls):
        page = send(client, urls[0], theirs, birth_year="1991")
        assert page.status_code == 409
        assert leaks(page) == []
        for secret in ("bora@daum.net", "bora_1"):
            assert secret not in page.text
        assert "b***@daum.net" in page.text
        assert 'name="keep_email"' not in page.text

    def test_is_settled_with_theirs(self, client, theirs, member, urls):
        page = send(client, urls[0], theirs, birth_year="1991")
        assert send(client, urls[0], page, keep_birth_year="mine").status_code == 302
        assert stored(member) == {"phone": "01012345678", "email": "bora@daum.net", "kakao_id": "bora_1"}
        assert member.birth_year == 1991

    @pytest.mark.parametrize(("choice", "kept"), [("mine", "new@naver.com"), ("theirs", "bora@daum.net")])
    def test_what_both_typed_is_chosen(self, client, theirs, member, urls, choice, kept):
        page = send(client, urls[0], theirs, email="new@naver.com")
        (row,) = [row for row in page.context["rows"] if row.name == "email"]
        assert (row.original, row.theirs, row.mine) == ("c***@naver.com", "b***@daum.net", "new@naver.com")
        assert row.is_changed_by_both
        assert send(client, urls[0], page, keep_email=choice).status_code == 302
        assert stored(member)["email"] == kept

    def test_an_erasure_is_a_choice_too(self, client, theirs, member, urls):
        page = send(client, urls[0], theirs, **{"email-erase": "on"})
        assert page.status_code == 409
        assert send(client, urls[0], page, keep_email="mine").status_code == 302
        assert stored(member)["email"] is None


class TestRevealed:
    @pytest.fixture
    def page(self, client, manager, urls):
        client.force_login(manager)
        return client.post(urls[1], {"reason": "전화로 번호 변경 요청"}, follow=True)

    def test_a_reason_opens_the_form_in_full_and_each_look_is_recorded(self, client, page, member, urls):
        assert len(leaks(page)) == len(CONTACTS)
        assert "-veiled" not in page.text
        assert looks(member) == ["전화로 번호 변경 요청"]
        client.get(urls[0])
        assert looks(member) == ["전화로 번호 변경 요청"] * 2

    def test_what_is_emptied_is_erased(self, client, page, member, urls):
        assert send(client, urls[0], page, email="", phone="010 8765 4321").status_code == 302
        assert stored(member) == {"phone": "01087654321", "email": None, "kakao_id": "chul_77"}

    def test_opens_nobody_else(self, client, page, make_member):
        other = make_member(phone="01099998888")
        assert "01099998888" not in client.get(reverse("users:edit_member", args=[other.pk])).text

    def test_opens_no_other_session(self, page, client, urls):
        client.force_login(make_staff("colleague", role="manager"))
        assert leaks(client.get(urls[0])) == []

    def test_closes_by_itself_and_what_was_open_is_still_saved_as_meant(self, client, page, member, urls, monkeypatch):
        later = time.time() + 6 * 60
        monkeypatch.setattr("users.revealing.time.time", lambda: later)
        assert leaks(client.get(urls[0])) == []
        assert send(client, urls[0], page, email="").status_code == 302
        assert stored(member) == CONTACTS | {"email": None}

    def test_closes_with_the_permission(self, client, page, manager, urls):
        manager.groups.set(Group.objects.filter(name="reviewer"))
        assert leaks(client.get(urls[0])) == []

    def test_without_a_reason_nothing_opens(self, client, manager, member, urls):
        client.force_login(manager)
        assert client.post(urls[1], {"reason": " "}).status_code == 422
        assert leaks(client.get(urls[0])) == []
        assert looks(member) == []

    def test_it_asks_again_who_it_is_when_that_was_long_ago(self, client, manager, urls):
        client.force_login(manager)
        session = client.session
        session["confirmed_at"] = int(time.time()) - 11 * 60
        session.save()
        assert client.post(urls[1], {"reason": "x"})["Location"].startswith(reverse("staff:confirm"))

    def test_a_deleted_member_is_not_opened(self, client, manager, member, urls):
        member.soft_delete(by=None)
        client.force_login(manager)
        assert client.post(urls[1], {"reason": "x"}).status_code == 404

    def test_htmx_gets_the_form_alone(self, client, manager, urls):
        client.force_login(manager)
        headers = {"HX-Request": "true"}
        page = client.post(urls[1], {"reason": "x"}, headers=headers, follow=True)
        assert "<html" not in page.text
        assert CONTACTS["email"] in page.text


def test_a_name_is_veiled_from_whoever_may_read_none(client, outsider, member, urls):
    outsider.user_permissions.set(Permission.objects.filter(codename__in=("view_user", "change_user")))
    client.force_login(outsider)
    page = client.get(urls[0])
    assert "김철수" not in page.text
    assert 'placeholder="김*수"' in page.text
    assert send(client, urls[0], page, name="김철호").status_code == 302
    member.refresh_from_db()
    assert member.name == "김철호"
