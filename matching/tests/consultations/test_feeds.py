"""The link for calendar programs: made once, revoked for good, read without a session, and silent about members."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from matching.models import CalendarFeed
from matching.models.calendar_feed import MOST_FEEDS, MOST_FETCHES, digest
from matching.tests.consulting import at, booked
from users.models import UserAccessAudit

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

FEEDS = "/matching/consults/feeds/"
NEW = "/matching/consults/feeds/new/"


@pytest.fixture
def member(make_member):
    return make_member(name="김철수", phone="01012345678", email="chulsoo@ygs.test", kakao_id="chulsoo_77")


@pytest.fixture
def issued(consultant):
    return CalendarFeed.issue(consultant)


@pytest.fixture
def url(issued):
    return reverse("matching:consult_feed", args=[issued[1]])


@pytest.fixture
def program():
    """A calendar program: no session, no cookies."""
    return Client()


def revoke_url(feed):
    return reverse("matching:consult_feed_revoke", args=[feed.pk])


class TestReading:
    def test_it_says_when_how_and_how_long(self, program, url, member, consultant):
        row = booked(member, consultant, 14, 45, channel="video")
        answer = program.get(url)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert (event["dtstart"].dt, event["dtend"].dt) == (at(14), at(14.75))
        assert str(event["summary"]) == "상담 (화상, 45분)"
        assert str(event["uid"]).startswith(row.pk)
        assert str(event["url"]).endswith(reverse("matching:consult", args=[row.pk]))

    def test_nothing_of_a_member_is_in_it(self, program, url, member, consultant):
        booked(member, consultant, memo="등산 좋아함", topic="complaint")
        text = program.get(url).text.replace("\r\n ", "")
        secrets = (member.pk, "김철수", "김*수", "1234", "chulsoo", "등산", "complaint", "불만", "usr_")
        assert not [secret for secret in secrets if secret in text]
        assert not UserAccessAudit.objects.filter(user_id=member.pk).exists()

    def test_only_what_is_scheduled_of_ones_own(self, program, url, member, make_member, consultant, manager):
        booked(make_member(), consultant, 10, status="canceled")
        booked(make_member(), consultant, 11).soft_delete(by=None)
        booked(make_member(), manager, 12)
        booked(make_member(), consultant, scheduled_at=timezone.now() - timedelta(days=60))
        assert not Calendar.from_ical(program.get(url).content).walk("VEVENT")
        booked(member, consultant)
        assert len(Calendar.from_ical(program.get(url).content).walk("VEVENT")) == 1

    def test_its_lines_are_as_the_standard_wants_them(self, program, url, member, consultant):
        booked(member, consultant)
        lines = program.get(url).content.split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR"
        assert b"VERSION:2.0" in lines
        assert all(len(line) <= 75 for line in lines)
        assert not any(b"\n" in line for line in lines)

    def test_what_has_not_changed_is_not_sent_again(self, program, url, member, consultant):
        row = booked(member, consultant)
        etag = program.get(url)["ETag"]
        again = program.get(url, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        row.move(row.slot.__class__(consultant.pk, at(16), 30), by=consultant)
        assert program.get(url, headers={"If-None-Match": etag}).status_code == 200

    def test_it_is_kept_by_no_cache_and_no_index(self, program, url):
        answer = program.get(url)
        assert "private" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies

    def test_it_is_asked_by_get_and_head_only(self, program, url):
        head = program.head(url)
        assert (head.status_code, head.content) == (200, b"")
        for method in ("post", "put", "delete", "patch"):
            assert getattr(program, method)(url).status_code == 405

    def test_whatever_opens_nothing_is_not_found(self, program, url, issued, consultant):
        feed, token = issued
        for other in (token[:-1], token.swapcase(), f"{token}x", feed.token_sha256, "x", "가"):
            assert program.get(reverse("matching:consult_feed", args=[other])).status_code == 404
        consultant.is_active = False
        consultant.save()
        assert program.get(url).status_code == 404
        consultant.is_active = True
        consultant.save()
        assert program.get(url).status_code == 200

    def test_nor_for_somebody_who_does_not_consult_any_more(self, program, url, consultant):
        consultant.groups.clear()
        assert program.get(url).status_code == 404

    def test_revoked_it_is_not_found(self, program, url, issued):
        feed, _token = issued
        assert feed.revoke()
        assert not feed.revoke()
        assert program.get(url).status_code == 404

    def test_it_is_noted_when_it_was_read(self, program, url, issued):
        program.get(url)
        feed = CalendarFeed.objects.get(pk=issued[0].pk)
        assert timezone.now() - feed.fetched_at < timedelta(minutes=1)

    def test_asked_too_often_it_waits(self, program, url):
        statuses = [program.get(url).status_code for _ in range(MOST_FETCHES + 1)]
        assert statuses == [200] * MOST_FETCHES + [429]
        CalendarFeed.objects.update(fetches_since=timezone.now() - timedelta(minutes=2))
        assert program.get(url).status_code == 200

    def test_in_the_language_in_which_it_was_made(self, program, consultant, member, client):
        booked(member, consultant)
        client.cookies["django_language"] = "en"
        client.force_login(consultant)
        page = client.post(NEW).text
        path = page[page.index("/matching/consults/feed/") :].split("<")[0]
        assert "Consultation (Phone call\\, 30 min)" in program.get(path).text


class TestKeeping:
    def test_the_address_is_shown_once(self, client, consultant, program):
        client.force_login(consultant)
        assert client.get(NEW).status_code == 200
        page = client.post(NEW)
        path = page.text[page.text.index("/matching/consults/feed/") :].split("<")[0]
        assert program.get(path).status_code == 200
        assert "/matching/consults/feed/" not in client.get(FEEDS).text
        feed = CalendarFeed.objects.get()
        token = path.removeprefix("/matching/consults/feed/").removesuffix(".ics")
        assert feed.token_sha256 == digest(token)
        record = UserAccessAudit.objects.get(resource_type="console_calendar_feeds")
        assert (record.action, record.actor_id, record.resource_id) == ("create", consultant.pk, feed.pk)
        assert token not in str(record.detail)

    def test_a_confirmation_is_asked_first(self, client, consultant):
        client.force_login(consultant)
        session = client.session
        session["confirmed_at"] = 0
        session.save()
        assert client.post(NEW).url.startswith(reverse("staff:confirm"))
        assert not CalendarFeed.objects.exists()

    def test_they_are_so_many(self, client, consultant):
        client.force_login(consultant)
        for _ in range(MOST_FEEDS):
            client.post(NEW)
        assert client.post(NEW).status_code == 302
        assert CalendarFeed.objects.count() == MOST_FEEDS

    def test_ones_own_is_revoked(self, client, consultant, issued):
        feed, _token = issued
        client.force_login(consultant)
        assert revoke_url(feed) in client.get(FEEDS).text
        for _ in range(2):
            assert client.post(revoke_url(feed)).status_code == 302
        assert revoke_url(feed) not in client.get(FEEDS).text
        actions = UserAccessAudit.objects.filter(resource_id=feed.pk).values_list("action", flat=True)
        assert sorted(actions) == ["create", "delete"]

    def test_anothers_is_not_found(self, client, manager, issued):
        client.force_login(manager)
        assert client.post(revoke_url(issued[0])).status_code == 404
        assert revoke_url(issued[0]) not in client.get(FEEDS).text
        assert CalendarFeed.objects.open().exists()

    def test_the_wrong_role_and_the_wrong_method(self, client, matchmaker, consultant, issued):
        client.force_login(matchmaker)
        for address in (FEEDS, NEW):
            assert client.get(address).status_code == 403
        assert client.post(revoke_url(issued[0])).status_code == 403
        client.force_login(consultant)
        assert client.get(revoke_url(issued[0])).status_code == 405
        assert client.post(FEEDS).status_code == 405
