"""The devices of an account: named, removed, never the last."""

import pytest
from django.urls import reverse

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import Authenticator

pytestmark = pytest.mark.django_db


def url(verb, kind, device):
    return reverse(f"staff:{verb}_device", args=[kind, device])


def test_one_of_two_is_renamed_and_removed(client, kim):
    client.force_login(kim)
    second = Authenticator.new(user=kim, name="old")
    second.confirmed = True
    second.save()
    client.post(url("rename", "app", second.pk), {"name": "새 이름"})
    second.refresh_from_db()
    assert second.name == "새 이름"
    assert client.get(url("remove", "app", second.pk)).status_code == 200
    client.post(url("remove", "app", second.pk))
    assert not Authenticator.objects.filter(pk=second.pk).exists()
    assert UserAccessAudit.objects.filter(action=Action.PERMISSION_CHANGE).exists()


def test_the_last_stays(client, kim):
    client.force_login(kim)
    app = Authenticator.objects.get(user=kim)
    client.post(url("remove", "app", app.pk))
    assert Authenticator.objects.filter(pk=app.pk).exists()


@pytest.mark.parametrize("kind", ["app", "passkey", "toaster"])
def test_others_and_unknown_ones_are_not_found(client, kim, reviewer, kind):
    app = Authenticator.objects.get(user=kim)
    client.force_login(reviewer)
    for verb in ("rename", "remove"):
        assert client.post(url(verb, kind, app.pk), {"name": "x"}).status_code == 404


def test_an_empty_name_is_refused(client, kim):
    client.force_login(kim)
    app = Authenticator.objects.get(user=kim)
    assert client.post(url("rename", "app", app.pk), {"name": ""}).status_code == 422
