"""The calendar of a week, the list, the deleted ones, and whom to remind."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.consultations.calendar import calendar_of
from matching.consultations.iso_week import IsoWeek
from matching.models import DayOff
from matching.tests.consulting import at, begun, booked, records_of, working_all_week, working_day
from users.models import UserAccessAudit
from ygs_admin.testing.personas import make_staff
from ygs_admin.web.days import monday_of

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

CALENDAR = "/matching/consults/"


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


def week_of(day=0):
    return IsoWeek(monday_of(working_day(day).date()))


def shown(client, **asked):
    return client.get(CALENDAR, {"week": str(week_of()), **asked})


class TestWeeks:
    @pytest.mark.parametrize("text", ["", "2026-W00", "2026-W54", "2026W48", "1999-W01", "２０２６-W48", "x" * 5000])
    def test_whatever_is_none_is_the_present_one(self, text):
        assert IsoWeek.read(text) == IsoWeek.present()

    def test_they_follow_each_other_over_the_turn_of_a_long_year(self):
        last = IsoWeek.read("2026-W53")
        assert (str(last), str(last.next), str(last.next.previous)) == ("2026-W53", "2027-W01", "2026-W53")
        assert (last.monday.isoformat(), last.sunday.isoformat()) == ("2026-12-28", "2027-01-03")


class TestLayout:
    def test_what_is_booked_stands_where_it_is(self, member, consultant):
        row = booked(member, consultant, 14.25, 45)
        (day,) = [day for day in calendar_of(week_of(), [consultant]).days if day.day == working_day().date()]
        (entry,) = day.lanes[0].entries
        assert entry.consultation == row
        assert entry.place.numbers == {"from_hour": 14, "from_ten": 1, "until_hour": 15, "until_ten": 0}

    def test_the_hours_reach_as_far_as_what_is_in_them(self, member, make_member, consultant):
        assert calendar_of(week_of(), [consultant]).hours == list(range(10, 19))
        booked(member, consultant, 8)
        booked(make_member(), consultant, 23.5, 30)
        assert calendar_of(week_of(), [consultant]).hours == list(range(8, 24))

    def test_one_that_reaches_into_the_next_day_ends_with_its_own(self, member, consultant):
        booked(member, consultant, 23.5, 60)
        calendar = calendar_of(week_of(), [consultant])
        (place,) = [entry.place for day in calendar.days for lane in day.lanes for entry in lane.entries]
        assert place.numbers["until_hour"] == 24

    def test_weekends_are_drawn_where_there_is_something(self, consultant):
        assert len(calendar_of(week_of(), [consultant]).days) == 5
        working_all_week(consultant)
        assert len(calendar_of(week_of(), [consultant]).days) == 7

    def test_a_day_off_has_no_hours(self, consultant):
        DayOff.take(consultant, working_day().date(), by=consultant)
        (day,) = [day for day in calendar_of(week_of(), [consultant]).days if day.day == working_day().date()]
        assert day.lanes[0].open == []

    def test_what_was_canceled_takes_no_place(self, member, consultant):
        booked(member, consultant, status="canceled")
        assert calendar_of(week_of(), [consultant]).consultations == []


class TestCalendar:
    def test_it_shows_ones_own_week_and_records_whom(self, client, consultant, manager, member, make_member):
        booked(member, consultant)
        booked(make_member(name="이영희"), manager)
        client.force_login(consultant)
        page = shown(client)
        assert "김철수" in page.text
        assert "이영희" not in page.text
        assert UserAccessAudit.objects.get(action="search").subjects == [member.pk]

    def test_several_are_chosen(self, client, consultant, manager, member, make_member):
        booked(member, consultant)
        booked(make_member(name="이영희"), manager)
        client.force_login(consultant)
        page = shown(client, consultant=[consultant.pk, manager.pk]).text
        assert "김철수" in page
        assert "이영희" in page
        assert page.count('data-lane="') == 2 * 5

    def test_who_consults_not_sees_everybodys(self, client, matchmaker, consultant, member):
        booked(member, consultant)
        client.force_login(matchmaker)
        page = shown(client).text
        assert "김철수" in page
        for offered in ("data-move-url", "data-book-url"):
            assert offered not in page

    @pytest.mark.parametrize("asked", [{"week": "\x00"}, {"consultant": ["stf_x", "\x00"]}, {"week": ["a", "b"]}])
    def test_whatever_is_asked_it_is_a_calendar(self, client, consultant, asked):
        client.force_login(consultant)
        assert client.get(CALENDAR, asked).status_code == 200

    def test_today_stands_on_top_with_what_is_pressed_most(self, client, consultant, member):
        row = begun(member, consultant, scheduled_at=timezone.now() - timedelta(minutes=1))
        client.force_login(consultant)
        page = client.get(CALENDAR).text
        assert reverse("matching:consult_complete", args=[row.pk]) in page
        assert reverse("matching:consult_complete", args=[row.pk]) not in shown(client).text

    def test_who_may_not(self, client, request, db):
        for role in ("reviewer", "auditor", "outsider"):
            client.force_login(request.getfixturevalue(role))
            assert client.get(CALENDAR).status_code == 403
        assert client.post(CALENDAR).status_code == 405

    def test_its_queries_do_not_grow_with_what_it_shows(
        self, client, consultant, make_member, django_assert_max_num_queries
    ):
        client.force_login(consultant)
        client.get(CALENDAR)
        for number in range(20):
            booked(make_member(), consultant, 10 + number % 4, 30, day=number // 4)
        with django_assert_max_num_queries(17):
            assert shown(client).text.count("data-entry=") >= 4

    def test_nobody_consults_yet(self, client, matchmaker):
        client.force_login(matchmaker)
        assert "data-calendar" not in client.get(CALENDAR).text


class TestList:
    URL = "/matching/consults/list/"

    def rows(self, client, **asked):
        return re.findall(r"data-row>([^<]+)</a>", client.get(self.URL, asked).text)

    def test_ones_own_latest_first(self, client, consultant, manager, make_member):
        for day, name in enumerate(("하나", "두울", "세엣")):
            booked(make_member(name=name), consultant, day=day)
        booked(make_member(name="남의것"), manager)
        client.force_login(consultant)
        assert self.rows(client) == ["세엣", "두울", "하나"]
        assert self.rows(client, sort="scheduled_at") == ["하나", "두울", "세엣"]
        assert "남의것" in self.rows(client, consultant="all")
        assert self.rows(client, consultant=manager.pk) == ["남의것"]

    def test_filters(self, client, consultant, make_member):
        booked(make_member(name="완료"), consultant, status="completed", topic="renewal")
        booked(make_member(name="예정"), consultant, day=1)
        client.force_login(consultant)
        assert self.rows(client, status="completed") == ["완료"]
        assert self.rows(client, topic="matching") == ["예정"]
        day = working_day().date()
        assert self.rows(client, until=str(day)) == ["완료"]
        assert self.rows(client, since=str(day + timedelta(days=1))) == ["예정"]
        assert len(self.rows(client, since="soon", sort="x", status="\x00")) == 2

    def test_pages_in_both_directions(self, client, consultant, make_member, monkeypatch):
        monkeypatch.setattr("matching.views.consults.lists.PAGE_SIZE", 2)
        for day in range(5):
            booked(make_member(name=f"회원{day}"), consultant, day=day)
        client.force_login(consultant)
        first = client.get(self.URL)
        following = re.search(r'href="([^"]+)"[^>]*rel="next"', first.text)[1].replace("&amp;", "&")
        second = client.get(following)
        assert re.findall("회원[0-9]</a>", second.text) == ["회원2</a>", "회원1</a>"]
        back = re.search(r'href="([^"]+)"[^>]*rel="prev"', second.text)[1].replace("&amp;", "&")
        assert re.findall("회원[0-9]</a>", client.get(back).text) == ["회원4</a>", "회원3</a>"]

    def test_it_is_recorded(self, client, consultant, member):
        booked(member, consultant)
        client.force_login(consultant)
        client.get(self.URL, headers={"HX-Request": "true"})
        assert UserAccessAudit.objects.get(action="search").subjects == [member.pk]

    def test_its_queries_are_few(self, client, consultant, make_member, django_assert_max_num_queries):
        for number in range(10):
            booked(make_member(), consultant, day=number)
        client.force_login(consultant)
        client.get(self.URL)
        with django_assert_max_num_queries(16):
            assert len(self.rows(client)) == 10

    def test_who_may_not(self, client, reviewer):
        client.force_login(reviewer)
        assert client.get(self.URL).status_code == 403


class TestDeleted:
    URL = "/matching/consults/deleted/"

    def test_they_lead_to_where_they_are_restored(self, client, manager, consultant, member):
        row = booked(member, consultant)
        row.soft_delete(by=manager)
        client.force_login(manager)
        page = client.get(self.URL)
        assert "김철수" in page.text
        assert (
            reverse("matching:consult_restore", args=[row.pk])
            in client.get(reverse("matching:consult", args=[row.pk])).text
        )
        assert member.pk in UserAccessAudit.objects.filter(action="search").latest("created_at").subjects

    def test_who_may_not(self, client, consultant):
        client.force_login(consultant)
        assert client.get(self.URL).status_code == 403


class TestReminders:
    URL = "/matching/consults/reminders/"

    @pytest.fixture
    def soon(self, member, consultant):
        return booked(member, consultant, scheduled_at=timezone.now() + timedelta(hours=1))

    def test_those_of_today_and_tomorrow_to_come(self, client, consultant, make_member, soon):
        others = {
            "지난회원": timezone.now() - timedelta(hours=1),
            "모레회원": timezone.now() + timedelta(days=2),
        }
        for name, moment in others.items():
            booked(make_member(name=name), consultant, scheduled_at=moment)
        booked(
            make_member(name="취소회원"),
            consultant,
            scheduled_at=timezone.now() + timedelta(hours=3),
            status="canceled",
        )
        client.force_login(consultant)
        page = client.get(self.URL).text
        assert "김철수" in page
        assert not any(name in page for name in (*others, "취소회원"))

    def test_the_phone_is_masked_and_leads_to_where_it_is_revealed(self, client, consultant, soon, member):
        client.force_login(consultant)
        page = client.get(self.URL).text
        assert member.phone not in page
        assert member.shown.phone in page
        assert reverse("users:reveal", args=[member.pk]) in page
        assert UserAccessAudit.objects.get(action="search").subjects == [member.pk]

    def test_others_are_asked_for(self, client, manager, consultant, soon):
        client.force_login(manager)
        assert "김철수" not in client.get(self.URL).text
        for asked in ("all", consultant.pk, "\x00"):
            assert "김철수" in client.get(self.URL, {"consultant": asked}).text

    def test_it_is_noted_and_taken_back(self, client, consultant, soon):
        client.force_login(consultant)
        remind, forget = (
            reverse(f"matching:{name}", args=[soon.pk]) for name in ("consult_remind", "consult_forget_reminder")
        )
        for _ in range(2):
            assert client.post(remind, {"next": self.URL}).url == self.URL
        page = client.get(self.URL).text
        assert forget in page
        assert client.post(forget).status_code == 302
        assert f'action="{remind}"' in client.get(self.URL).text
        assert len(records_of(soon)) == 2

    def test_what_cannot_be_reminded_of_says_so(self, client, consultant, member):
        row = booked(member, consultant, status="canceled")
        client.force_login(consultant)
        client.post(reverse("matching:consult_remind", args=[row.pk]))
        assert records_of(row) == []

    @pytest.mark.parametrize("name", ["consult_remind", "consult_forget_reminder"])
    def test_the_wrong_role_the_wrong_id_the_wrong_method(self, client, matchmaker, consultant, soon, name):
        url = reverse(f"matching:{name}", args=[soon.pk])
        client.force_login(matchmaker)
        assert client.post(url).status_code == 403
        client.force_login(consultant)
        assert client.get(url).status_code == 405
        soon.soft_delete(by=None)
        assert client.post(url).status_code == 404

    def test_who_may_not_see_them(self, client, reviewer):
        client.force_login(reviewer)
        assert client.get(self.URL).status_code == 403


def test_consultants_are_named_by_whoever_they_were(client, manager, make_member):
    gone = make_staff("gone", role="consultant")
    booked(make_member(), gone)
    gone.is_active = False
    gone.save()
    client.force_login(manager)
    assert "gone" in client.get(TestList.URL, {"consultant": "all"}).text


def test_the_moments_of_the_tests_are_office_hours():
    assert timezone.localtime(at(14)).hour == 14
