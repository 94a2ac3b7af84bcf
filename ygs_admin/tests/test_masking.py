"""No answer of any URL says more of a member than the one who asks may know (`users/masking.py`)."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core import signing
from django.db import transaction
from django.test import Client

from users.masking import SEE_NAMES
from users.models import User
from users.phones import written
from ygs_admin.testing.personas import make_staff
from ygs_admin.tests.forms import forms_of
from ygs_admin.tests.routes import address, every_route
from ygs_admin.tests.test_every_url import signed_in
from ygs_admin.web.versioned_form import SALT

pytestmark = pytest.mark.django_db

TEMPLATES = settings.BASE_DIR / "templates"
REVEAL = "/reveal/"
CARRIED = re.compile(r'name="[\w-]*original" value="([^"]+)"')
TAG = re.compile(r"\{[{%].*?[}%]\}")


@pytest.fixture
def onlooker(db) -> Client:
    """Somebody who may do everything in the console, and read no name."""
    staff = make_staff("onlooker")
    app_label, codename = SEE_NAMES.split(".")
    staff.user_permissions.set(Permission.objects.exclude(content_type__app_label=app_label, codename=codename))
    return signed_in(staff)


@pytest.fixture
def addresses(samples) -> list[str]:
    return sorted({address(route, samples) for route in every_route()})


def answers(client: Client, url: str) -> Iterator[tuple[str, object]]:
    """Yield what an address answers, what each form on its page answers as it stands, and where those lead to."""
    page = client.get(url)
    yield f"GET {url}", page
    if page.streaming or "html" not in page.get("Content-Type", ""):
        return
    for form in forms_of(page.text, url):
        if form.method == "post" and form.action.startswith(("/", url)) and not form.action.endswith(REVEAL):
            sent = {name: value or "사유" for name, value in form.fields}
            cookies = client.cookies.copy()
            with transaction.atomic():
                yield f"POST {form.action}", client.post(form.action, sent, follow=True)
                transaction.set_rollback(True)
            client.cookies = cookies


def said(answer) -> str:
    """Return all that an answer tells, what its forms carry for the server included: anybody can unpack that."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode(errors="replace")
    carried = [str(signing.loads(signed, salt=SALT)) for signed in CARRIED.findall(text)]
    return f"{answer.headers} {text} {carried}"


def spellings(value: str) -> set[str]:
    """Return a value as pages, addresses and JSON write it."""
    return {value, quote(value), json.dumps(value)[1:-1]}


def told(client: Client, addresses: list[str], secrets: set[str]) -> list[str]:
    """Return which question was answered with which of the secrets."""
    return [
        f"{asked}: {secret}"
        for url in addresses
        for asked, answer in answers(client, url)
        for secret in secrets
        if secret in said(answer)
    ]


def test_nobody_without_the_permission_reads_a_name_anywhere(onlooker, addresses):
    names = {spelling for user in User.all_objects.all() for spelling in spellings(user.name)}
    assert told(onlooker, addresses, names) == []
    assert told(onlooker, addresses, {"김*수"})


def test_nobody_reads_contact_details_before_giving_a_reason(superuser, member, addresses):
    User.objects.filter(pk=member.pk).update(kakao_id="chulsoo_77", firebase_id="fb_chulsoo_1")
    contacts = {
        spelling
        for user in User.all_objects.all()
        for value in (user.phone, written(user.phone), user.email, user.kakao_id, user.firebase_id)
        for spelling in spellings(value or "")
    } - {""}
    assert len(contacts) > 5
    assert told(signed_in(superuser), addresses, contacts) == []
    assert told(signed_in(superuser), addresses, {"010-****-5678"})


COLUMN = re.compile(r"([\w.]+)\.(?:name|phone|email|kakao_id|firebase_id)\b")
NOT_OF_MEMBERS = {"account", "device", "difference", "entry", "field", "owner", "sort_links", "staff", "view", "widget"}
# The record's pages have names from `users/audit/entries.py`, which applies the rule for whoever reads.
NOT_OF_MEMBERS |= {"person"}
# Staff, and what charts are drawn from.
NOT_OF_MEMBERS |= {"consultant", "column"}
# What is shown there somebody has given a reason for.
REVEALED_IN = ("users/_contact.html", "matching/introductions/script.html")


def test_no_template_reads_a_members_column_past_the_rule():
    """What the pages of the samples do not show, a conflict or a dialog may: there the source says it."""
    found = [
        f"{path.relative_to(TEMPLATES)}: {expression[0]}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for expression in COLUMN.finditer("".join(TAG.findall(path.read_text())))
        if not expression[1].endswith("shown") and expression[1].rpartition(".")[2] not in NOT_OF_MEMBERS
    ]
    assert [line for line in found if not line.startswith(REVEALED_IN)] == []
