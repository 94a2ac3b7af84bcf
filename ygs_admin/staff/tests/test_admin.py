"""Staff and groups in the Django admin: what changes what somebody may do is on the record."""

import pytest
from django.contrib.admin.utils import quote
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from users.models import UserAccessAudit
from ygs_admin.staff.models import Staff
from ygs_admin.testing.personas import PASSWORD, make_staff

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "another fine horse"


@pytest.fixture
def desk(client, superuser):
    client.force_login(superuser)
    return client


def page(model, view, *keys):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=[quote(key) for key in keys])


def staff_form(staff, **changed):
    sent = {
        "name": staff.name,
        "email": staff.email,
        "is_active": "on" if staff.is_active else "",
        "is_superuser": "on" if staff.is_superuser else "",
        "groups": [group.pk for group in staff.groups.all()],
        **changed,
    }
    return {name: value for name, value in sent.items() if value != ""}


def changes():
    return [row.detail for row in UserAccessAudit.objects.filter(action="permission_change").order_by("id")]


def test_lists_and_pages_open(desk, reviewer):
    listed = desk.get(page(Staff, "changelist"))
    assert "reviewer" in listed.text
    for model, row in ((Staff, reviewer), (Group, Group.objects.first())):
        assert desk.get(page(model, "changelist")).status_code == 200
        assert desk.get(page(model, "change", str(row.pk))).status_code == 200
        assert desk.get(page(model, "add")).status_code == 200


@pytest.mark.parametrize("typed", ["심사", "reviewer@"])
def test_staff_are_found_by_name_and_address(desk, reviewer, manager, typed):
    assert list(desk.get(page(Staff, "changelist"), {"q": typed}).context["cl"].result_list) == [reviewer]


def test_staff_are_found_by_id(desk, reviewer):
    assert list(desk.get(page(Staff, "changelist"), {"q": reviewer.pk}).context["cl"].result_list) == [reviewer]


def test_a_new_account_is_made_in_lower_case_and_recorded(desk, superuser):
    sent = {"email": "New@YGS.kr", "name": "새직원", "usable_password": "true"}
    sent |= {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert desk.post(page(Staff, "add"), sent).status_code == 302
    staff = Staff.objects.get(email="new@ygs.kr")
    assert staff.check_password(NEW_PASSWORD)
    row = UserAccessAudit.objects.get(action="permission_change")
    assert (row.actor_id, row.resource_type, row.resource_id) == (superuser.pk, "console_staff", staff.pk)


def test_an_address_is_taken_in_any_case(desk, reviewer):
    sent = {"email": reviewer.email.upper(), "name": "새직원", "usable_password": "true"}
    answered = desk.post(page(Staff, "add"), sent | {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert "email" in answered.context["adminform"].form.errors


def test_a_changed_role_is_recorded_before_and_after(desk, reviewer):
    manager = Group.objects.get(name="manager")
    desk.post(page(Staff, "change", reviewer.pk), staff_form(reviewer, groups=[manager.pk]))
    assert changes() == [{"groups": [["reviewer"], ["manager"]]}]
    reviewer = Staff.objects.get(pk=reviewer.pk)
    assert reviewer.has_perm("users.suspend_user")


def test_making_somebody_a_superuser_or_inactive_is_recorded(desk, reviewer):
    desk.post(page(Staff, "change", reviewer.pk), staff_form(reviewer, is_superuser="on"))
    desk.post(page(Staff, "change", reviewer.pk), staff_form(reviewer, is_active=""))
    assert changes()[0] == {"is_superuser": [False, True]}
    assert changes()[1] == {"is_active": [True, False], "is_superuser": [True, False]}


def test_a_change_of_the_name_changes_nothing_that_somebody_may_do(desk, reviewer):
    desk.post(page(Staff, "change", reviewer.pk), staff_form(reviewer, name="새이름"))
    assert Staff.objects.get(pk=reviewer.pk).name == "새이름"
    assert changes() == []


def test_a_password_set_by_another_is_recorded_without_it(desk, reviewer):
    url = reverse("admin:auth_user_password_change", args=[quote(reviewer.pk)])
    sent = {"usable_password": "true", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert desk.post(url, sent).status_code == 302
    assert Staff.objects.get(pk=reviewer.pk).check_password(NEW_PASSWORD)
    assert changes() == [{"password": [None, "***"]}]


def test_a_refused_password_is_not_recorded(desk, reviewer):
    url = reverse("admin:auth_user_password_change", args=[quote(reviewer.pk)])
    desk.post(url, {"usable_password": "true", "password1": "short", "password2": "short"})
    assert Staff.objects.get(pk=reviewer.pk).check_password(PASSWORD)
    assert changes() == []


def test_an_account_is_not_deleted(desk, reviewer):
    assert desk.get(page(Staff, "delete", reviewer.pk)).status_code == 403
    assert desk.post(page(Staff, "delete", reviewer.pk), {"post": "yes"}).status_code == 403
    assert Staff.objects.filter(pk=reviewer.pk).exists()


def test_what_a_group_may_do_is_recorded(desk):
    group = Group.objects.create(name="guests")
    permission = Permission.objects.get(content_type__app_label="users", codename="view_user")
    desk.post(page(Group, "change", str(group.pk)), {"name": "guests", "permissions": [permission.pk]})
    assert changes() == [{"permissions": [[], ["users.view_user"]]}]


def test_the_roles_of_the_console_are_not_deleted_and_other_groups_are_on_the_record(desk):
    role, guests = Group.objects.get(name="manager"), Group.objects.create(name="guests")
    assert desk.post(page(Group, "delete", str(role.pk)), {"post": "yes"}).status_code == 403
    assert desk.post(page(Group, "delete", str(guests.pk)), {"post": "yes"}).status_code == 302
    assert changes() == [{"name": ["guests", None], "permissions": [[], None]}]


def test_only_a_superuser_may_enter(client, manager):
    client.force_login(manager)
    assert client.get(page(Staff, "changelist"), follow=True).status_code == 403


def test_a_superuser_sees_the_whole_admin(desk):
    make_staff("someone")
    assert desk.get(reverse("admin:index")).status_code == 200
