"""The command for whoever is locked out."""

import io

import pytest
from django.core.management import CommandError, call_command

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import Authenticator

pytestmark = pytest.mark.django_db


def reset(email):
    said = io.StringIO()
    call_command("reset_second_factor", email, stdout=said)
    return said.getvalue()


def test_it_forgets_devices_and_says_so_on_the_record(kim):
    assert kim.email in reset("KIM@ygs.test")
    assert not Authenticator.objects.exists()
    row = UserAccessAudit.objects.get(action=Action.PERMISSION_CHANGE)
    assert (row.actor_id, row.resource_id) == ("system", kim.pk)


def test_again_changes_nothing(kim):
    reset(kim.email)
    assert kim.email in reset(kim.email)
    assert UserAccessAudit.objects.count() == 1


def test_an_unknown_address_fails(db):
    with pytest.raises(CommandError):
        reset("nobody@ygs.test")
