"""Contact details in the Django admin: masked until revealed for a reason, replaced unseen, never in its log."""

import time

import pytest
from django.contrib.admin.models import LogEntry

from users.models import User
from users.tests.admin.desk import Desk, form_of, page
from ygs_admin.db.ids import new_id
from ygs_admin.testing.personas import make_staff

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

CONTACTS = {"phone": "01012345678", "email": "chul@naver.com", "kakao_id": "chul_77", "firebase_id": "fb_chul_1"}


@pytest.fixture
def member(full_member):
    User.objects.filter(pk=full_member.pk).update(**CONTACTS)
    full_member.refresh_from_db()
    return full_member


def reveal(desk, member, reason="본인 요청으로 번호 정정"):
    return desk.client.post(page(User, "reveal", member.pk), {"reason": reason})


def read(answer):
    return {value for value in CONTACTS.values() if value in answer.text}


def stored(member):
    member.refresh_from_db()
    return {field: getattr(member, field) for field in CONTACTS}


def test_the_page_is_masked_and_says_where_to_reveal(desk, member, recorded):
    opened = desk.open(member)
    assert read(opened) == set()
    assert 'placeholder="010-****-5678"' in opened.text
    assert page(User, "reveal", member.pk) in opened.text
    assert recorded(action="reveal") == []


def test_saving_unseen_keeps_what_is_stored(desk, member, recorded):
    assert desk.save(desk.open(member), name="김철호").status_code == 302
    assert stored(member) == CONTACTS
    assert member.name == "김철호"
    assert set(recorded(action="update")[0].detail) == {"name"}


def test_a_value_is_replaced_and_another_erased_unseen(desk, member):
    sent = {"phone": "010-8765-4321", "firebase_id-erase": "on"}
    assert desk.save(desk.open(member), **sent).status_code == 302
    assert stored(member) == CONTACTS | {"phone": "01087654321", "firebase_id": None}


def test_a_reason_reveals_for_this_member_and_each_look_is_recorded(desk, member, make_member, recorded):
    answered = reveal(desk, member)
    assert answered["Location"] == page(User, "change", member.pk)
    assert recorded(action="reveal") == []
    opened = desk.open(member)
    assert read(opened) == set(CONTACTS.values())
    (look,) = recorded(action="reveal")
    assert (look.user_id, look.reason) == (member.pk, "본인 요청으로 번호 정정")
    other = make_member(phone="01099998888")
    assert "01099998888" not in desk.open(other).text


def test_a_refused_save_of_the_revealed_form_is_a_look_too(desk, member, recorded):
    reveal(desk, member)
    opened = desk.open(member)
    assert desk.save(opened, birth_year="1800").status_code == 200
    assert len(recorded(action="reveal")) == 2


def test_it_closes_by_itself(desk, member, monkeypatch):
    reveal(desk, member)
    later = time.time() + 6 * 60
    monkeypatch.setattr("users.revealing.time.time", lambda: later)
    assert read(desk.open(member)) == set()


def test_without_a_reason_nothing_is_revealed(desk, member, recorded):
    assert reveal(desk, member, reason=" ").status_code == 422
    assert read(desk.open(member)) == set()
    assert recorded(action="reveal") == []


def test_it_asks_again_who_it_is_when_that_was_long_ago(desk, member):
    session = desk.client.session
    session["confirmed_at"] = int(time.time()) - 11 * 60
    session.save()
    assert reveal(desk, member)["Location"].startswith("/staff/confirm/")


def test_a_missing_member_leads_back(desk):
    answered = desk.get(page(User, "reveal", new_id("usr")))
    assert answered.status_code == 302


def test_a_conflict_is_masked_and_offers_no_choice_in_what_was_not_touched(desk, member):
    colleague = Desk(make_staff("colleague", is_superuser=True))
    mine, theirs = desk.open(member), colleague.open(member)
    assert colleague.save(theirs, email="bora@daum.net").status_code == 302
    answered = desk.save(mine, name="김내가")
    assert answered.status_code == 409
    assert read(answered) == set()
    assert "bora@daum.net" not in answered.text
    assert "b***@daum.net" in answered.text
    assert "keep_email" not in form_of(answered)
    assert desk.save(answered).status_code == 302
    assert stored(member)["email"] == "bora@daum.net"


def test_the_log_of_the_admin_says_nothing_of_them(desk, member):
    reveal(desk, member)
    desk.save(desk.open(member), name="김철호", phone="01087654321", **{"profile-0-job": "교사"})
    said = " ".join(f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all())
    assert said
    for secret in (*CONTACTS.values(), "01087654321", "김철수", "김철호"):
        assert secret not in said
    assert not {"김철수", "01012345678"} & set(desk.get(page(User, "history", member.pk)).text.split())
