"""The groups and what they may do."""

import pytest
from django.contrib.auth.models import Group, Permission

from ygs_admin.staff import roles

pytestmark = pytest.mark.django_db


def names(group):
    return {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}


@pytest.mark.parametrize("role", roles.ROLES)
def test_migrating_made_each_group_with_its_permissions(role):
    assert names(Group.objects.get(name=role)) == set(roles.ROLES[role])


def test_running_it_again_restores_the_table():
    group = Group.objects.get(name="auditor")
    group.permissions.set(Permission.objects.all()[:3])
    roles.sync_roles()
    assert names(group) == set(roles.AUDITOR)


def test_a_permission_that_no_model_declares_is_an_error(monkeypatch):
    monkeypatch.setitem(roles.ROLES, "auditor", ("users.fly_user",))
    with pytest.raises(roles.UnknownPermissionError, match="fly_user"):
        roles.sync_roles()


def test_every_role_has_a_label():
    assert set(roles.ROLE_LABELS) == set(roles.ROLES)
