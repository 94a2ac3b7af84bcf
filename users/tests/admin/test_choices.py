"""Choosing a member for a row: by typing, without a count, deleted members included."""

import pytest
from django.urls import reverse

from users.models import UserPhoto
from users.tests.admin.desk import page
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

CHOICES = reverse("admin:autocomplete")
FIELD = {"app_label": "users", "model_name": "userphoto", "field_name": "user"}


def choices(desk, **asked):
    return desk.get(CHOICES, **FIELD, **asked).json()


@pytest.mark.parametrize("typed", ["김처", "ㄱㅊㅅ", "5678", "chul@"])
def test_the_same_router_finds_the_member(desk, full_member, make_member, typed):
    make_member(name="박영희", phone="01099990000")
    (choice,) = choices(desk, term=typed)["results"]
    assert choice["id"] == full_member.pk
    assert "김철수" in choice["text"]


def test_namesakes_are_told_apart_without_giving_their_numbers_away(desk, full_member):
    (choice,) = choices(desk, term="김철수")["results"]
    assert "1990" in choice["text"]
    assert "010-****-5678" in choice["text"]
    assert "01012345678" not in choice["text"]


def test_a_deleted_member_is_found_and_said_to_be_deleted(desk, client, full_member):
    full_member.soft_delete(by=None)
    desk.client.cookies["django_language"] = "en"
    (choice,) = choices(desk, term="김철수")["results"]
    assert "(deleted)" in choice["text"]


def test_choices_come_by_twenty_in_one_query(desk, make_member):
    for _ in range(25):
        make_member(name="김많은")
    with domain_queries() as queries:
        first = choices(desk, term="김많")
    assert (len(first["results"]), first["pagination"]) == (20, {"more": True})
    assert [query.split()[0] for query in queries] == ["SELECT", "INSERT"]
    second = choices(desk, term="김많", page=2)
    assert (len(second["results"]), second["pagination"]) == (5, {"more": False})
    assert choices(desk, term="김많", page=99999)["results"] == []


def test_whom_the_choices_showed_is_on_the_record(desk, full_member, recorded):
    choices(desk, term="김철수")
    (row,) = recorded(action="search")
    assert row.detail["user_ids"] == [full_member.pk]
    assert row.detail["asked"]["q"] == "김*수"


def test_a_typed_number_is_not_kept_on_the_record(desk, full_member, recorded):
    choices(desk, term="01012345678")
    (row,) = recorded(action="search")
    assert "01012345678" not in str(row.detail)


def test_no_foreign_key_is_a_long_select(desk, full_member, make_member):
    make_member(name="박영희")
    photo = UserPhoto.objects.get()
    shown = desk.open(photo).text
    assert "admin-autocomplete" in shown
    assert "박영희" not in shown
    assert "박영희" not in desk.get(page(UserPhoto, "add")).text


@pytest.mark.parametrize("asked", [{}, {"field_name": "nothing"}, {"model_name": "nothing"}])
def test_a_malformed_request_is_refused(desk, asked):
    assert desk.get(CHOICES, **(FIELD | asked if asked else {})).status_code == 403
