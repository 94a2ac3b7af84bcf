"""Prefixed ULIDs: cases 37, 38 and 39."""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import modelform_factory
from django.test import Client
from django.urls import resolve, reverse

from users.models import User, UserPhoto, UserProfile
from ygs_admin.db.ids import OrderedULIDs, PrefixedULIDField, is_id, new_id
from ygs_admin.db.ownership import shared_models
from ygs_admin.staff.models import Staff

ULID = "01HQ5K3NXYZ0123456789ABCDE"
PREFIXES = ["usr", "pho", "doc", "sub", "aud", "mw", "mh", "mf", "cs", "stf"]
MALFORMED = {
    "lower case": f"usr_{ULID.lower()}",
    "trailing newline": f"usr_{ULID}\n",
    "trailing space": f"usr_{ULID} ",
    "I": f"usr_{ULID[:-1]}I",
    "L": f"usr_{ULID[:-1]}L",
    "O": f"usr_{ULID[:-1]}O",
    "U": f"usr_{ULID[:-1]}U",
    "first character above 7": f"usr_8{ULID[1:]}",
    "wrong prefix": f"pho_{ULID}",
    "no prefix": ULID,
    "upper case prefix": f"USR_{ULID}",
    "too short": f"usr_{ULID[:-1]}",
    "too long": f"usr_{ULID}0",
    "full-width digit": f"usr_{ULID[:-1]}０",
    "NUL": f"usr_{ULID[:-1]}\x00",
    "percent sign": f"usr_{ULID[:-1]}%",
    "quote": f"usr_{ULID[:-1]}'",
}
malformed = pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED.keys())


def test_a_well_formed_id_is_one() -> None:
    assert is_id("usr", f"usr_{ULID}")
    assert all(is_id(prefix, new_id(prefix)) for prefix in PREFIXES)


@malformed
def test_a_malformed_id_is_none(text: str) -> None:
    assert not is_id("usr", text)


@malformed
def test_a_malformed_id_in_a_url_is_not_found(text: str, reviewer: Staff) -> None:
    client = Client()
    client.force_login(reviewer)
    url = reverse("users:detail", args=[f"usr_{ULID}"]).replace(f"usr_{ULID}", "")
    assert client.get(f"{url.rstrip('/')}/{quote_path(text)}/").status_code == 404


def quote_path(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


@malformed
def test_a_malformed_id_is_an_error_of_its_field(text: str) -> None:
    with pytest.raises(ValidationError):
        User._meta.pk.clean(text, None)


@pytest.mark.django_db
@malformed
def test_a_malformed_id_in_a_form_is_an_error_of_the_field_never_of_the_database(text: str) -> None:
    form = modelform_factory(UserPhoto, fields=["user", "s3_key"])({"user": text, "s3_key": "photos/1.jpg"})
    assert set(form.errors) == {"user"}


@pytest.mark.django_db
@pytest.mark.parametrize("value", [*MALFORMED.values(), "", 0, 5, "x" * 10_000], ids=repr)
def test_looking_up_what_is_no_id_finds_nothing(value: object, make_member: Callable[..., User]) -> None:
    make_member()
    assert not User.objects.filter(pk=value).exists()
    assert not User.objects.filter(pk__in=[value]).exists()
    assert not UserProfile.objects.filter(user=value).exists()
    assert User.objects.in_bulk([value]) == {}


@pytest.mark.django_db
def test_an_instance_with_a_foreign_prefix_is_refused_by_validation() -> None:
    user = User(id=new_id("pho"), phone="01012345678", name="김철수", gender="male", birth_year=1990)
    with pytest.raises(ValidationError) as refused:
        user.full_clean()
    assert set(refused.value.message_dict) == {"id"}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_admins_quoting_gives_every_prefix_back(prefix: str) -> None:
    key = new_id(prefix)
    assert unquote(quote(key)) == key
    match = resolve(reverse("admin:users_user_change", args=[quote(key)]))
    assert unquote(match.kwargs["object_id"]) == key


@pytest.mark.parametrize("model", [*shared_models(), Staff], ids=lambda model: model.__name__)
def test_every_table_has_a_prefix_of_the_dictionary(model: type[models.Model]) -> None:
    field: Any = model._meta.pk
    assert isinstance(field, PrefixedULIDField)
    assert field.prefix in PREFIXES


def test_ids_of_one_thread_are_ordered_and_unique() -> None:
    ids = [new_id("usr") for _ in range(20_000)]
    assert all(earlier < later for earlier, later in pairwise(ids))


def test_ids_of_many_threads_are_unique_and_ordered_within_each() -> None:
    start = threading.Barrier(8)

    def make(_number: int) -> list[str]:
        start.wait()
        return [new_id("usr") for _ in range(3_000)]

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(8)))
    assert all(ids == sorted(ids) for ids in made)
    assert len({key for ids in made for key in ids}) == 24_000


def test_an_id_made_after_another_threads_is_greater() -> None:
    with ThreadPoolExecutor(1) as pool:
        for _ in range(500):
            assert pool.submit(new_id, "usr").result() < new_id("usr")


def test_a_clock_that_steps_back_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    ulids, clock = OrderedULIDs(), 1_700_000_000_000_000_000
    monkeypatch.setattr("ygs_admin.db.ids.time.time_ns", lambda: clock)
    before = ulids.next()
    clock -= 3_600_000_000_000
    stepped_back = [ulids.next() for _ in range(3)]
    clock += 7_200_000_000_000
    after = ulids.next()
    assert [before, *stepped_back, after] == sorted({before, *stepped_back, after})


def test_an_id_tells_when_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ygs_admin.db.ids.time.time_ns", lambda: 1_700_000_000_123_456_789)
    assert OrderedULIDs().next().milliseconds == 1_700_000_000_123


def test_a_forked_child_does_not_repeat_its_parents_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr("ygs_admin.db.ids.time.time_ns", lambda: now)
    parent_reads, child_writes = os.pipe()
    new_id("usr")
    child = os.fork()
    if child == 0:
        os.write(child_writes, new_id("usr").encode())
        os._exit(0)
    mine = new_id("usr")
    os.waitpid(child, 0)
    theirs = os.read(parent_reads, 100).decode()
    assert is_id("usr", theirs)
    # 80 random bits; counting on from the same last id would have differed in the last character at most.
    assert theirs[:-2] != mine[:-2]
