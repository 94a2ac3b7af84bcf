"""Searching: what is typed decides, as in the console."""

import pytest

from users.models import User, UserAccessAudit, UserDocument, UserPhoto, UserProfile, UserSubscription
from users.tests.admin.desk import page

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

MEANT = [
    "김처",
    "철수",
    "김철수",
    "김 철수",
    "ㄱㅊㅅ",
    "ㅊㅅ",
    "5678",
    "2345",
    "010-1234-5678",
    "+82 10 1234 5678",
    "chul@na",
    "@naver",
]
TABLES = [UserProfile, UserPhoto, UserDocument, UserSubscription]


@pytest.fixture
def others(make_member):
    other = make_member(name="박영희", phone="01099990000", email="yh@daum.net")
    UserPhoto.objects.create(user=other, s3_key="photos/2.jpg")
    return other


def test_members_are_found_by_what_is_typed(desk, full_member, others):
    for typed in MEANT:
        assert desk.rows(User, q=typed) == [full_member], typed


@pytest.mark.parametrize("model", TABLES)
def test_rows_are_found_by_their_member(desk, full_member, others, model):
    for typed in MEANT:
        assert [row.user_id for row in desk.rows(model, q=typed)] == [full_member.pk], typed


@pytest.mark.parametrize("model", [User, *TABLES])
def test_an_id_is_an_exact_look_up_in_any_case(desk, full_member, others, model):
    row = model.objects.filter(**{"pk" if model is User else "user": full_member.pk}).get()
    for typed in (row.pk, row.pk.lower(), f" {row.pk} "):
        assert desk.rows(model, q=typed) == [row]


@pytest.mark.parametrize("model", TABLES)
def test_a_members_id_finds_the_members_rows(desk, full_member, others, model):
    assert [row.user_id for row in desk.rows(model, q=full_member.pk)] == [full_member.pk]


@pytest.mark.parametrize("model", [User, *TABLES])
def test_what_nobody_has_finds_nothing(desk, full_member, model):
    for typed in ("없는이름", "usr_01J9ABCDEFGHJKMNPQRSTVWXYZ", "%", "'; --", "a" * 300):
        assert desk.rows(model, q=typed) == [], typed


def test_numbers_that_end_in_four_typed_digits_come_first(desk, make_member):
    make_member(name="끝", phone="01011115678")
    make_member(name="가운데", phone="01056781111")
    assert [row.name for row in desk.rows(User, q="5678")] == ["끝", "가운데"]


def test_deleted_members_are_found_in_the_trash_alone(desk, full_member):
    full_member.soft_delete(by=None)
    assert desk.rows(User, q="김철수") == []
    assert desk.rows(User, q="김철수", trash="deleted") == [full_member]
    assert desk.rows(User, q="김철수", trash="all") == [full_member]


def test_the_record_is_searched_by_member_and_by_actor(desk, superuser, full_member, others):
    desk.open(full_member)
    desk.open(others)
    assert {row.user_id for row in desk.rows(UserAccessAudit, q="김철수")} == {full_member.pk}
    assert {row.actor_id for row in desk.rows(UserAccessAudit, q=superuser.pk)} == {superuser.pk}


def test_the_search_box_says_what_may_be_typed(desk):
    assert "searchbar_helptext" in desk.get(page(User, "changelist")).text
