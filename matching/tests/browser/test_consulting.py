"""The calendar in the browser: moved by dragging and by keys, booked from a free place, refused where it is taken."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from matching.consultations.iso_week import IsoWeek
from matching.models import ConsultSchedule
from matching.tests.consulting import at, booked, working_day
from ygs_admin.web.days import monday_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


@pytest.fixture
def day():
    """The first working day whose next day is one too."""
    days = [working_day(number).date() for number in range(6)]
    return next(n for n, (one, other) in enumerate(pairwise(days)) if (other - one).days == 1)


@pytest.fixture
def week_url(console, day):
    return f"{console.at('matching:consults')}?week={IsoWeek(monday_of(working_day(day).date()))}"


@pytest.fixture
def row(console, member, consultant, day):
    row = booked(member, consultant, 11, 30, day=day)
    console.settle()
    return row


@pytest.fixture
def opened(sign_in, consultant, row, week_url):
    # High enough for the whole day: nothing scrolls under what is dragged.
    page = sign_in(consultant, expected_statuses=(409, 422), viewport={"width": 1280, "height": 1100})
    page.goto(week_url)
    return page


def entry_of(page, row):
    return page.locator(f'[data-entry="{row.pk}"]')


def now(row):
    return ConsultSchedule.objects.get(pk=row.pk).slot


def point_in(page, day, hour):
    """Return where an hour of a day lies on the screen."""
    lane = page.locator(f'[data-day="{working_day(day).date()}"]')
    box, first = lane.bounding_box(), int(page.locator("[data-calendar]").get_attribute("data-first-hour"))
    hours = int(page.locator("[data-calendar]").get_attribute("data-hours"))
    return box["x"] + box["width"] / 2, box["y"] + (hour - first) * box["height"] / hours + 4


def test_it_stands_at_its_hour(opened, row, day):
    x, y = point_in(opened, day, 11)
    box = entry_of(opened, row).bounding_box()
    assert box["x"] < x < box["x"] + box["width"]
    assert abs(box["y"] - y) < 8


def drag(page, row, day, hour):
    box = entry_of(page, row).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4)
    page.mouse.down()
    x, y = point_in(page, day, hour)
    page.mouse.move(x, y - 20, steps=4)
    page.mouse.move(x, y, steps=4)
    page.mouse.up()


def test_it_is_dragged_to_another_time_and_undone(opened, row, consultant, day):
    drag(opened, row, day + 1, 15)
    expect(opened.locator("[data-flash]")).to_contain_text("상담을 옮겼습니다.")
    assert now(row).starts_at == at(15, day + 1)
    expect(entry_of(opened, row)).to_be_focused()
    opened.keyboard.press("z")
    expect(opened.locator("h1")).to_contain_text("김철수")
    assert now(row) == row.slot


def test_it_is_moved_by_keys(opened, row, day):
    entry_of(opened, row).focus()
    for key in ("m", "ArrowDown", "ArrowDown", "Shift+ArrowDown", "ArrowRight"):
        opened.keyboard.press(key)
    expect(opened.locator(".calendar-marker")).to_have_text("12:10")
    expect(opened.locator("#announcer")).to_contain_text("12:10")
    opened.keyboard.press("Enter")
    expect(opened.locator("[data-flash]")).to_contain_text("상담을 옮겼습니다.")
    assert now(row).starts_at == at(12 + 1 / 6, day + 1)


def test_it_is_put_back_by_escape(opened, row):
    entry_of(opened, row).focus()
    opened.keyboard.press("m")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Escape")
    expect(opened.locator(".calendar-marker")).to_have_count(0)
    opened.keyboard.press("m")
    opened.keyboard.press("Enter")
    expect(opened.locator(".calendar-marker")).to_have_count(0)
    assert now(row) == row.slot


def test_onto_another_it_is_explained(console, opened, row, make_member, consultant, day):
    booked(make_member(name="이영희"), consultant, 15, day=day)
    console.settle()
    opened.reload()
    drag(opened, row, day, 15)
    expect(opened.locator("#main [role=alert]")).to_be_visible()
    expect(opened.locator("#main")).to_contain_text("이영희")
    assert now(row) == row.slot
    opened.get_by_role("link", name="취소", exact=True).click()
    expect(entry_of(opened, row)).to_be_visible()


def test_outside_the_hours_it_is_asked_and_then_done(opened, row, day):
    entry_of(opened, row).focus()
    for key in ("m", *["ArrowUp"] * 3, "Shift+ArrowUp", "Enter"):
        opened.keyboard.press(key)
    # The office opens at ten, where the drawn day begins.
    expect(opened.locator("[data-flash]")).to_contain_text("상담을 옮겼습니다.")
    assert now(row).starts_at == at(10, day)
    entry_of(opened, row).click()
    opened.locator("#main").get_by_role("link", name="옮기기").click()
    opened.fill("dialog [name=scheduled_at]", f"{working_day(day).date()}T20:00")
    opened.locator("dialog [type=submit]").click()
    opened.locator("dialog [name=anyway][type=checkbox]").check()
    opened.locator("dialog [type=submit]").click()
    expect(opened.locator("[data-flash]").last).to_contain_text("상담을 옮겼습니다.")
    assert now(row).starts_at == at(20, day)


def test_a_free_place_is_booked(opened, row, make_member, consultant, day):
    make_member(name="박영희")
    x, y = point_in(opened, day, 16)
    opened.mouse.click(x, y)
    opened.fill("#whom", "박영")
    opened.keyboard.press("Enter")
    opened.get_by_role("link", name="박영희").click()
    expect(opened.locator("[name=scheduled_at]")).to_have_value(f"{working_day(day).date()}T16:00")
    opened.locator("#main [type=submit]").click()
    opened.wait_for_url(re.compile("week="))
    expect(opened.locator("[data-calendar]")).to_contain_text("박영희")
    assert ConsultSchedule.objects.get(user__name="박영희").slot.starts_at == at(16, day)


def test_without_a_script_it_is_moved_by_its_form(sign_in, consultant, row, week_url, day):
    page = sign_in(consultant, java_script_enabled=False)
    page.goto(week_url)
    entry_of(page, row).click()
    page.locator("#main").get_by_role("link", name="옮기기").click()
    page.fill("[name=scheduled_at]", f"{working_day(day).date()}T17:30")
    page.locator("#main [type=submit]").click()
    assert now(row).starts_at == at(17.5, day)


def test_a_phone_reads_it_as_a_list(sign_in, consultant, row, week_url):
    page = sign_in(consultant, viewport={"width": 390, "height": 844})
    page.goto(week_url)
    expect(entry_of(page, row)).to_be_visible()
    expect(page.locator(".calendar-hours")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
