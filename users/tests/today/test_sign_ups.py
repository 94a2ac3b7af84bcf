"""The chart of sign-ups by week and gender."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from users.today.sign_ups import sign_ups_by_week
from ygs_admin.web.days import midnight, recent_mondays

pytestmark = pytest.mark.django_db


def chart(client):
    panels = client.get(reverse("today")).context["panels"]
    return next(content for panel, content in panels if panel.key == "sign_ups_by_week")


def test_a_week_begins_on_monday_in_seoul(make_member):
    mondays = recent_mondays(2)
    begins = midnight(mondays[1])
    make_member(created_at=begins)
    make_member(created_at=begins - timedelta(microseconds=1), gender="female")
    make_member(created_at=midnight(mondays[0]) - timedelta(microseconds=1))
    assert sign_ups_by_week(mondays) == {(mondays[1], "male"): 1, (mondays[0], "female"): 1}


def test_deleted_members_are_not_counted(make_member):
    make_member().soft_delete(by=None)
    assert not sign_ups_by_week(recent_mondays(12))


def test_the_drawing_and_its_table_say_both_genders(client, reviewer, make_member):
    make_member()
    make_member(gender="female")
    make_member(gender="female")
    client.force_login(reviewer)
    drawn = chart(client)
    assert [(series.tone, series.values[-1]) for series in drawn.series] == [("strong", 1), ("soft", 2)]
    assert drawn.marks[-1] == "3"
    page = client.get(reverse("today")).text
    assert '<rect class="chart-strong"' in page
    assert f'<th scope="row">{timezone.localdate() - timedelta(days=timezone.localdate().weekday()):%m/%d}</th>' in page


def test_the_numbers_are_kept_for_a_minute(client, reviewer, make_member):
    client.force_login(reviewer)
    assert chart(client).marks[-1] == "0"
    make_member()
    assert chart(client).marks[-1] == "0"


def test_the_weeks_are_those_of_the_calendar_on_the_wall(monkeypatch):
    sunday_in_utc = datetime.fromisoformat("2026-11-22T16:00:00+00:00")
    monkeypatch.setattr(timezone, "now", lambda: sunday_in_utc)
    assert [str(monday) for monday in recent_mondays(2)] == ["2026-11-16", "2026-11-23"]
