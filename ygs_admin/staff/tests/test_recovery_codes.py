"""Recovery codes: each lets in once."""

import pytest
from django.test import Client

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import RecoveryCodes
from ygs_admin.testing.personas import sign_in_without_second_factor

pytestmark = pytest.mark.django_db

VERIFY = "/staff/sign-in/second-factor/"


def give(client, code):
    return client.post(VERIFY, {"code": code})


def test_each_lets_in_once(half_signed_in, kim):
    first, *others = RecoveryCodes.renew(kim)
    assert give(half_signed_in, first.upper().replace("-", " ")).status_code == 302
    assert RecoveryCodes.objects.get(user=kim).left == len(others)
    again = Client()
    sign_in_without_second_factor(again, kim)
    assert give(again, first).status_code == 422


def test_only_digests_are_kept(kim):
    codes = RecoveryCodes.renew(kim)
    row = RecoveryCodes.objects.values().get(user=kim)
    assert not [code for code in codes if code in str(row) or code.replace("-", "") in str(row)]


def test_new_ones_end_the_old(half_signed_in, kim):
    old = RecoveryCodes.renew(kim)[0]
    assert len(set(RecoveryCodes.renew(kim))) == 10
    assert give(half_signed_in, old).status_code == 422


def test_they_are_shown_in_the_answer_only(client, kim):
    client.force_login(kim)
    shown = client.post("/staff/me/recovery-codes/").context["codes"]
    assert len(shown) == 10
    for path in ("/staff/me/", "/staff/me/recovery-codes/"):
        assert not [code for code in shown if code in client.get(path).text]
    assert UserAccessAudit.objects.filter(action=Action.PERMISSION_CHANGE).count() == 1
