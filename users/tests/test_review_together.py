"""Several reviewers at one queue at the same moment, over HTTP: no case is ever seen by two, none is left over."""

import re
import threading
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from users.models import ReviewClaim, ReviewDecision, User, UserAccessAudit
from users.review.deciding import settle_due
from users.tests.reviewing import handed_in
from ygs_admin.testing.personas import make_staff

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

REVIEWERS = 4
CASES = 40
HIDDEN = ("csrfmiddlewaretoken", "item", "row_version")


class Reviewer(threading.Thread):
    """Works through the queue over a connection of their own; `seen` are the cases."""

    def __init__(self, number: int, address: str, at_once: threading.Barrier) -> None:
        super().__init__()
        self.person = make_staff(f"reviewer{number}", role="reviewer")
        client = Client()
        client.force_login(self.person)
        self.cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
        self.connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
        self.address, self.at_once, self.seen, self.statuses = address, at_once, [], set()

    def ask(self, method: str, path: str, **sent: str) -> str:
        """Ask, and follow to where it leads; return the page."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.address,
        }
        self.connection.request(method, path, urlencode(sent), headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        self.statuses.add(answer.status)
        return self.ask("GET", answer.headers["Location"]) if answer.status == 302 else page

    def run(self) -> None:
        page = self.ask("GET", reverse("users:review"))
        self.at_once.wait()
        page = self.ask("POST", reverse("users:review_next"), **hidden_of(page))
        while (found := re.search(r'data-review="(\w+)"', page)) is not None:
            self.seen.append(found.group(1))
            self.ask("POST", reverse("users:review_ahead"), case=found.group(1), **hidden_of(page))
            page = self.ask("POST", reverse("users:review_approve", args=[found.group(1)]), **hidden_of(page))


def hidden_of(page: str) -> dict[str, str]:
    found = {name: re.search(f'name="{name}"[^>]* value="([^"]*)"', page) for name in HIDDEN}
    return {name: match.group(1) for name, match in found.items() if match}


def test_no_case_is_seen_by_two_and_none_is_left_over(console, make_member):
    members = [make_member(status="pending") for _ in range(CASES)]
    for member in members[::3]:
        handed_in(member)
    at_once = threading.Barrier(REVIEWERS)
    reviewers = [Reviewer(number, console.url, at_once) for number in range(REVIEWERS)]
    for reviewer in reviewers:
        reviewer.start()
    for reviewer in reviewers:
        reviewer.join(timeout=120)
    seen_by = {reviewer.person.pk: set(reviewer.seen) for reviewer in reviewers}
    assert sorted(case for cases in seen_by.values() for case in cases) == sorted(member.pk for member in members)
    assert all(len(cases) > 1 for cases in seen_by.values())
    assert {status for reviewer in reviewers for status in reviewer.statuses} == {200, 302}
    # What the access record says is what was seen.
    viewed = UserAccessAudit.objects.filter(action="view").values_list("actor_id", "user_id").distinct()
    assert set(viewed) == {(person, case) for person, cases in seen_by.items() for case in cases}
    assert not ReviewClaim.objects.exists()
    ReviewDecision.objects.waiting().update(final_at=timezone.now())
    list(settle_due())
    assert not ReviewDecision.objects.exclude(outcome="applied").exists()
    assert User.objects.filter(status="approved").count() == CASES
