"""Lists: bounded, totally ordered, sorted and filtered by what an index serves."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from users.models import User, UserAccessAudit, UserDocument, UserPhoto, UserSubscription
from users.tests.admin.desk import page
from ygs_admin.web.keyset import COUNT_BOUND

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

MEMBERS = page(User, "changelist")


@pytest.fixture
def more_than_the_bound(db):
    User.objects.bulk_create(
        User(name=f"이름{n}", phone=f"0101{n:07}", gender="male", birth_year=1990) for n in range(COUNT_BOUND + 5)
    )


def names(rows):
    return [row.name for row in rows]


def test_the_count_stops_at_the_bound_and_says_so(desk, more_than_the_bound):
    response = desk.get(MEMBERS, q="이름")
    assert response.context["cl"].paginator.count_label == "1,000+"
    assert response.text.count("1,000+") >= 2
    assert f"{COUNT_BOUND + 1} " not in response.text


@pytest.mark.parametrize(("asked", "given"), [("21", 20), ("99999999999999999999", 20), ("0", 1), ("-3", 1), ("x", 1)])
def test_a_page_number_outside_is_the_nearest_page(desk, more_than_the_bound, asked, given):
    response = desk.get(MEMBERS, p=asked)
    assert response.status_code == 200
    assert response.context["cl"].page_num == given
    assert len(response.context["cl"].result_list) == 50


def test_pages_hold_each_row_once(desk, more_than_the_bound):
    User.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    seen = [row.pk for number in range(1, 21) for row in desk.rows(User, p=number)]
    assert len(seen) == len(set(seen)) == COUNT_BOUND


def column(response, name):
    return response.context["cl"].list_display.index(name)


@pytest.mark.parametrize("name", ["name", "birth_year", "created_at"])
def test_members_sort_by_what_has_an_index(desk, make_member, name):
    for number in (2, 3, 1):
        make_member(name=f"김{number}", birth_year=1990 + number, created_at=datetime(2026, 1, number, tzinfo=UTC))
    number = column(desk.get(MEMBERS), name)
    assert names(desk.rows(User, o=str(number))) == ["김1", "김2", "김3"]
    assert names(desk.rows(User, o=f"-{number}")) == ["김3", "김2", "김1"]


@pytest.mark.parametrize("asked", ["5", "-5", "99", "x", "1.2.3", "-", "٣", ""])
def test_any_other_order_is_not_taken_from_the_address(desk, make_member, asked):
    make_member(), make_member()
    with CaptureQueriesContext(connection) as captured:
        assert len(desk.rows(User, o=asked, trash="all")) == 2
    (listed,) = [query["sql"] for query in captured if 'FROM "users"' in query["sql"] and "ORDER BY" in query["sql"]]
    assert listed.split("ORDER BY")[1].startswith(' "users"."id" DESC')
    assert "," not in listed.split("ORDER BY")[1]


@pytest.mark.parametrize("model", [User, UserDocument, UserSubscription])
def test_a_value_that_the_console_does_not_know_is_shown_and_filtered(desk, full_member, model):
    row = model.objects.get()
    model.objects.filter(pk=row.pk).update(status="frozen")
    assert "frozen" in desk.get(page(model, "changelist")).text
    assert desk.rows(model, status__exact="frozen") == [row]
    assert desk.rows(model, status__exact="melted") == []
    changelist = desk.get(page(model, "changelist"), status__exact="frozen").context["cl"]
    offered = [choice for spec in changelist.filter_specs for choice in spec.choices(changelist)]
    assert [choice["selected"] for choice in offered if choice["display"] == "frozen"] == [True]


def test_known_values_filter(desk, make_member):
    make_member(name="대기", status="pending", gender="female")
    make_member(name="승인", status="approved")
    assert names(desk.rows(User, status__exact="pending")) == ["대기"]
    assert names(desk.rows(User, gender__exact="female", status__exact="approved")) == []


MIDNIGHT = [
    ("그제", datetime(2026, 3, 9, 14, 59, 59, 999999, tzinfo=UTC)),
    ("어제 첫", datetime(2026, 3, 9, 15, 0, tzinfo=UTC)),
    ("어제 끝", datetime(2026, 3, 10, 14, 59, 59, 999999, tzinfo=UTC)),
    ("오늘", datetime(2026, 3, 10, 15, 0, tzinfo=UTC)),
]


def test_days_are_days_in_seoul(desk, make_member):
    for name, moment in MIDNIGHT:
        make_member(name=name, created_at=moment)
    yesterday = {"created_at__from": "2026-03-10", "created_at__to": "2026-03-10"}
    assert set(names(desk.rows(User, **yesterday))) == {"어제 첫", "어제 끝"}
    assert set(names(desk.rows(User, created_at__from="2026-03-11"))) == {"오늘"}
    assert set(names(desk.rows(User, created_at__to="2026-03-09"))) == {"그제"}


@pytest.mark.parametrize("column_type", ["timestamp", "timestamptz"])
def test_days_are_right_over_both_column_types(desk, full_member, column_type):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE user_subscriptions ALTER expires_at TYPE {column_type}")
    subscription = UserSubscription.objects.get()
    for day, moment in (("2026-03-09", MIDNIGHT[0][1]), ("2026-03-10", MIDNIGHT[1][1]), ("2026-03-10", MIDNIGHT[2][1])):
        UserSubscription.objects.update(expires_at=moment)
        assert desk.rows(UserSubscription, expires_at__from=day, expires_at__to=day) == [subscription]


def test_this_month_and_the_like_are_links(desk, make_member):
    make_member(name="오늘")
    make_member(name="옛날", created_at=datetime(2020, 1, 1, tzinfo=UTC))
    shown = desk.get(MEMBERS)
    (days,) = [spec for spec in shown.context["cl"].filter_specs if getattr(spec, "first_parameter", None)]
    periods = {str(choice["display"]): choice["query_string"] for choice in days.choices(shown.context["cl"])}
    assert len(periods) == 5
    for query in list(periods.values())[1:]:
        listed = desk.client.get(MEMBERS + unescape(query))
        assert names(listed.context["cl"].result_list) == ["오늘"]


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "0001-01-01", "9999-12-31", "2026-03-10T10:00"])
def test_a_day_that_is_none_shows_the_whole_list(desk, day):
    assert desk.get(MEMBERS, created_at__from=day).status_code == 302


@pytest.mark.parametrize(
    "asked",
    ["email__icontains", "profile__about_me__icontains", "created_at__date", "password", "user__phone__contains"],
)
def test_a_condition_that_no_filter_offers_is_refused(desk, asked):
    assert desk.get(MEMBERS, **{asked: "x"}).status_code == 400


def test_a_nul_in_the_address_is_no_error(desk):
    assert desk.get(MEMBERS, status__exact="a\x00b").status_code == 302
    assert desk.get(MEMBERS, q="a\x00b").status_code == 200


def test_rows_of_one_member_can_be_linked_to(desk, full_member, make_member):
    UserPhoto.objects.create(user=make_member(), s3_key="photos/2.jpg")
    assert [row.user_id for row in desk.rows(UserPhoto, user__exact=full_member.pk)] == [full_member.pk]


def test_contact_details_are_masked(desk, full_member):
    shown = desk.get(MEMBERS).text
    assert "010-****-5678" in shown
    assert "c***@naver.com" in shown
    assert "01012345678" not in shown
    assert "chul@naver.com" not in shown


def test_no_list_offers_facets_or_a_date_hierarchy():
    for options in admin.site._registry.values():
        assert options.show_facets is admin.ShowFacets.NEVER or options.model._meta.app_label not in {
            "users",
            "matching",
        }
        assert options.date_hierarchy is None
        assert not (options.show_full_result_count and options.model in {User, UserAccessAudit})
