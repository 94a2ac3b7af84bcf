"""Database URLs."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from ygs_admin.db.urls import parse_database_url, split_urls


def test_one_host():
    parsed = parse_database_url("postgres://ygs:s%40cret%2F@db:6432/ygs?sslmode=require", "DATABASE_URL")
    assert parsed == {
        "NAME": "ygs",
        "USER": "ygs",
        "PASSWORD": "s@cret/",
        "HOST": "db",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_several_hosts_of_which_the_writable_one_is_meant():
    parsed = parse_database_url("postgresql://ygs:x@one:5433,two,[::1]:5434/ygs", "DATABASE_URL")
    assert (parsed["HOST"], parsed["PORT"]) == ("one,two,::1", "5433,5432,5434")
    assert parsed["OPTIONS"] == {"target_session_attrs": "read-write"}


def test_which_one_is_meant_can_be_said():
    parsed = parse_database_url("postgres://one,two/ygs?target_session_attrs=any", "DATABASE_URL")
    assert parsed["OPTIONS"] == {"target_session_attrs": "any"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mysql://u:secret@host/name",
        "postgres://u:secret@host",
        "postgres://u:secret@host/",
        "postgres://u:secret@/name",
        "postgres://u:secret@host:port/name",
        "postgres://u:secret@host:99999/name",
        "postgres://u:secret@one:5432,/name",
        "postgres://u:secret@[::1/name",
    ],
)
def test_anything_else_is_refused_by_the_variables_name_and_shows_no_password(url):
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL") as refused:
        parse_database_url(url, "DATABASE_URL")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("", []),
        ("postgres://a/x", ["postgres://a/x"]),
        (" postgres://a/x,postgres://b/x ", ["postgres://a/x", "postgres://b/x"]),
        ("postgres://a/x  postgresql://b,c/x", ["postgres://a/x", "postgresql://b,c/x"]),
    ],
)
def test_a_list_of_urls(text, urls):
    assert split_urls(text) == urls
