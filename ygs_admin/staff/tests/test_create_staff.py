"""The command that makes accounts."""

import io

import pytest
from django.core.management import CommandError, call_command

from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def create(monkeypatch):
    def run(email="kim@ygs.kr", *options, password="correct horse battery"):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        call_command("create_staff", email, "--name", "김직원", "--password-stdin", *options, stdout=io.StringIO())

    return run


def test_makes_an_account_that_can_sign_in(create):
    create("Kim@ygs.kr", "--role", "reviewer", "--role", "matchmaker")
    staff = Staff.objects.get()
    assert (staff.email, staff.name, staff.is_superuser) == ("kim@ygs.kr", "김직원", False)
    assert staff.check_password("correct horse battery")
    assert {group.name for group in staff.groups.all()} == {"reviewer", "matchmaker"}
    assert staff.has_perm("users.approve_user")


def test_running_it_again_updates_the_account(create):
    create("kim@ygs.kr", "--role", "reviewer")
    create("kim@ygs.kr", "--superuser", password="another fine horse")
    staff = Staff.objects.get()
    assert staff.is_superuser
    assert not staff.groups.exists()
    assert staff.check_password("another fine horse")


@pytest.mark.parametrize(
    ("arguments", "password"),
    [
        (("kim@ygs.kr",), "correct horse battery"),
        (("not an address", "--role", "reviewer"), "correct horse battery"),
        (("kim@ygs.kr", "--role", "reviewer"), "short"),
        (("kim@ygs.kr", "--role", "emperor"), "correct horse battery"),
    ],
)
def test_bad_input_makes_nothing(create, arguments, password):
    with pytest.raises(CommandError):
        create(*arguments, password=password)
    assert not Staff.objects.exists()
