"""A day of work reconciles: whoever a response showed is on the access record with that response's number.

Members are given marks that nothing else has: names, numbers, addresses, keys of files, each also as it is masked.
Every response of the day is read for them. The walk over all addresses is made from the URL configuration, so that
a new one takes part by being there.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_plus, urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from users.masking import mask_email, mask_handle, mask_name, mask_phone
from users.models import User, UserAccessAudit, UserDocument, UserPhoto
from ygs_admin.db.ownership import is_shared
from ygs_admin.tests.forms import forms_of
from ygs_admin.tests.routes import Route, address, every_route
from ygs_admin.tests.test_every_url import ROLES, signed_in

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
FORM = "application/x-www-form-urlencoded"


@dataclass
class Day:
    """What each response showed, against what the record says of it; `missing` is what was shown and not recorded."""

    marks: dict[str, str]
    responses: int = 0
    showings: int = 0
    missing: set[tuple[str, ...]] = field(default_factory=set)
    pressed: str = ""

    def ask(self, client: Client, who, method: str, url: str, sent: str = "", *, keep: bool = False, **headers: str):
        """Ask, reconcile, and leave everything as it was unless it is to be kept."""
        cookies = client.cookies.copy()
        with transaction.atomic():
            response = client.generic(method, url, sent, content_type=FORM, headers=headers)
            self.reconcile(who, method, url, response)
            transaction.set_rollback(not keep)
        if not keep:
            client.cookies = cookies
        return response

    def reconcile(self, who, method: str, url: str, response) -> None:
        self.responses += 1
        shown = self.shown_by(response, unquote_plus(url))
        rows = UserAccessAudit.objects.filter(request_id=response["X-Request-ID"])
        recorded = {key for row in rows for key in row.subjects if who is None or row.actor_id == who.pk}
        self.showings += len(shown)
        for key, mark in shown.items():
            if key not in recorded:
                where = (method, url, str(response.status_code), f"after {self.pressed}" if self.pressed else "")
                self.missing.add((*(re.sub(r"[0-7][0-9A-Z]{25}", "…", part) for part in where), mark))

    def shown_by(self, response, asked: str) -> dict[str, str]:
        """Return each member whom a response shows → the mark. What the address itself says, the person knew before."""
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode(errors="replace")
        return {key: mark for mark, key in self.marks.items() if mark in text and mark not in asked}


@pytest.fixture
def day(samples, make_member, manager) -> Day:
    """The samples' members and three more, each with marks of their own."""
    for status in ("withdrawn", "suspended"):
        make_member(status=status)
    make_member().soft_delete(by=manager)
    marks: dict[str, str] = {}
    for member, first, last in zip(User.all_objects.all(), "갑을병정무기경신", "뷁쀍뾂퐗쁅쁘쮋쫣", strict=False):
        member.name, member.email = f"{first}쀓{last}", f"{ord(first)}x@{ord(last)}.test"
        member.phone, member.kakao_id = f"0107000{ord(last) % 9000 + 1000}", f"{last}kakao"
        member.save()
        marks |= dict.fromkeys(marks_of(member), member.pk)
    return Day(marks)


def marks_of(member: User) -> set[str]:
    files = [UserPhoto.all_objects.filter(user=member), UserDocument.all_objects.filter(user=member)]
    return {
        member.pk,
        member.name,
        mask_name(member.name),
        member.phone,
        mask_phone(member.phone),
        member.email,
        mask_email(member.email),
        member.kakao_id,
        mask_handle(member.kakao_id),
        *(key for rows in files for key in rows.values_list("s3_key", flat=True)),
    }


@pytest.fixture
def everybody(request, day) -> dict:
    """Role → the account and its browser, signed in."""
    people = {role: request.getfixturevalue(role) for role in ROLES}
    return {role: (person, signed_in(person)) for role, person in people.items()}


@pytest.fixture
def addresses(samples, day) -> list[str]:
    """Every address, about the member of the samples and about one who is deleted."""
    deleted = User.all_objects.deleted().first()
    of_the_deleted = samples | {"usr": deleted.pk, "users.User": deleted.pk}
    return sorted({address(route, about) for route in every_route() for about in (samples, of_the_deleted)})


def searches(day: Day) -> list[str]:
    """Lists, asked as people ask them."""
    names = [mark for mark in day.marks if "쀓" in mark]
    asked = [
        {"q": "쀓"},
        {"q": "7000"},
        {"status": "withdrawn"},
        {"trash": "on"},
        {"q": "없는사람"},
        *({"q": n} for n in names),
    ]
    tables = [route for route in every_route() if route.name.endswith("_changelist") and is_about_members(route)]
    lists = [reverse("users:list"), *(address(route, {}) for route in tables)]
    record = [{"member": "쀓"}, {"action": "view"}, *({"member": key} for key in set(day.marks.values()))]
    return [
        *(f"{url}?{urlencode(query)}" for url in lists for query in asked),
        *(f"{reverse('users:audit')}?{urlencode(query)}" for query in record),
        *(choices(model, column) for model, column in CHOICES),
    ]


def is_about_members(route: Route) -> bool:
    return route.admin_model is not None and is_shared(route.admin_model)


CHOICES = (
    ("userphoto", "user"),
    ("userprofile", "user"),
    ("matchhistory", "user_a"),
    ("matchfeedback", "match_history"),
)


def choices(model: str, column: str) -> str:
    """Return the address of what the Django admin offers to choose from."""
    app = "users" if model.startswith("user") else "matching"
    asked = {"app_label": app, "model_name": model, "field_name": column, "term": ""}
    return f"{reverse('admin:autocomplete')}?{urlencode(asked)}"


def test_every_page_of_every_role_reconciles(day, everybody, addresses):
    for person, client in everybody.values():
        for url in addresses:
            if person.is_superuser or not url.startswith(reverse("admin:index")):
                day.ask(client, person, "GET", url)
    assert day.missing == set()
    assert day.showings > len(addresses) / 2


def test_every_part_of_a_page_reconciles(day, everybody, addresses):
    person, client = everybody["manager"]
    for url in addresses:
        if not url.startswith(reverse("admin:index")):
            day.ask(client, person, "GET", url, **HTMX)
    assert day.missing == set()


def test_every_search_reconciles(day, everybody):
    for role in ("matchmaker", "auditor", "manager", "superuser"):
        person, client = everybody[role]
        for url in searches(day):
            if person.is_superuser or not url.startswith(reverse("admin:index")):
                day.ask(client, person, "GET", url)
                day.ask(client, person, "GET", url, **HTMX)
    assert day.missing == set()
    assert day.showings


def test_every_form_reconciles(day, everybody, samples):
    """Sent as it is, with nothing in it, and after somebody else has changed the row; with the page that follows."""
    person, client = everybody["superuser"]
    seen: set[tuple[str, str]] = set()
    for url in sorted({address(route, samples) for route in every_route()}):
        page = day.ask(client, person, "GET", url)
        if "html" not in page.get("Content-Type", "") or page.streaming:
            continue
        for form in forms_of(page.text, url):
            fields = [pair for pair in form.fields if pair[0] != "csrfmiddlewaretoken"]
            kind = (form.action.split("?")[0], ",".join(sorted({name for name, _value in fields})))
            if form.method != "post" or kind in seen or not form.action.startswith(("/", url)):
                continue
            seen.add(kind)
            stale = [(name, "1" if "row_version" in name else value) for name, value in fields]
            for sent in {urlencode(fields), "", urlencode(stale)}:
                press(day, client, person, form.action, sent)
    assert day.missing == set()
    assert day.showings > len(seen)


def press(day: Day, client: Client, person, url: str, sent: str) -> None:
    """Send a form and go where it leads, since that page says how it went; then leave everything as it was."""
    cookies = client.cookies.copy()
    day.pressed = url
    with transaction.atomic():
        response = day.ask(client, person, "POST", url, sent, keep=True)
        if response.status_code in {301, 302} and response["Location"].startswith("/"):
            # A list that does not hold the member says it too.
            for page in (f"{reverse('users:list')}?q=없는사람", response["Location"]):
                day.ask(client, person, "GET", page, keep=True)
        transaction.set_rollback(True)
    client.cookies = cookies
    day.pressed = ""
