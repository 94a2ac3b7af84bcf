"""What is looked at and changed in the admin is on the access record."""

import pytest

from users.models import User, UserPhoto, UserProfile, UserSubscription
from users.tests.admin.desk import page

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def test_a_page_is_a_view(desk, superuser, full_member, recorded):
    desk.open(full_member)
    (view,) = recorded(action="view")
    assert view.user_id == full_member.pk
    assert recorded(action="reveal") == []
    assert (view.actor_id, view.actor_name, view.ip_address) == (superuser.pk, superuser.name, "127.0.0.1")
    assert view.request_id


def test_the_page_of_a_row_is_a_view_of_its_member(desk, full_member, recorded):
    photo = UserPhoto.objects.get()
    desk.open(photo)
    (view,) = recorded(action="view")
    assert (view.user_id, view.resource_type, view.resource_id) == (full_member.pk, "user_photos", photo.pk)


def test_a_list_is_one_line_with_everybody_whom_it_showed(desk, make_member, recorded):
    members = [make_member() for _ in range(3)]
    desk.get(page(User, "changelist"), q="김회원", status__exact="approved")
    (row,) = recorded(action="search")
    assert set(row.detail["user_ids"]) == {member.pk for member in members}
    assert row.detail["asked"] == {"q": "김*원", "status__exact": "approved"}
    assert row.resource_type == "users"
    assert row.user_id is None


@pytest.mark.parametrize(("typed", "kept"), [("01012345678", "phone"), ("5678", "phone_fragment"), ("a@b.c", "email")])
def test_a_contact_that_was_typed_is_kept_by_its_kind_only(desk, recorded, typed, kept):
    desk.get(page(User, "changelist"), q=typed)
    (row,) = recorded(action="search")
    assert row.detail["asked"] == {"q": kept}


def test_a_change_is_recorded_masked_field_by_field(desk, full_member, recorded):
    desk.save(desk.open(full_member), phone="01087654321", status="suspended")
    (row,) = recorded(action="update")
    assert row.user_id == full_member.pk
    assert row.detail == {"phone": ["010-****-5678", "010-****-4321"], "status": ["approved", "suspended"]}


def test_a_change_inline_is_recorded_as_its_own_table(desk, full_member, recorded):
    desk.save(desk.open(full_member), **{"profile-0-height": "181"})
    (row,) = recorded(action="update")
    assert (row.user_id, row.resource_type, row.detail) == (full_member.pk, "user_profiles", {"height": [175, 181]})


def test_a_new_row_is_recorded(desk, recorded):
    opened = desk.get(page(User, "add"))
    answered = desk.save(
        opened, name="박새봄", gender="female", birth_year="1995", phone="010-2222-3333", status="pending"
    )
    assert answered.status_code == 302
    member = User.objects.get()
    assert member.phone == "01022223333"
    (row,) = recorded(action="create")
    assert (row.user_id, row.resource_id) == (member.pk, member.pk)
    assert row.detail["phone"] == [None, "010-****-3333"]
    assert "kakao_id" not in row.detail


def test_a_section_that_the_member_has_not_yet_is_made_inline(desk, recorded):
    member = User.objects.create(name="홀로", phone="01000000001", gender="male", birth_year=1990)
    opened = desk.open(member)
    desk.save(opened, **{"profile-TOTAL_FORMS": "1", "profile-0-height": "172", "profile-0-user": member.pk})
    profile = UserProfile.objects.get()
    assert (profile.pk, profile.user_id, profile.height) == (member.pk, member.pk, 172)
    assert [row.resource_type for row in recorded(action="create")] == ["user_profiles"]


def test_a_blank_inline_row_makes_nothing(desk):
    member = User.objects.create(name="홀로", phone="01000000001", gender="male", birth_year=1990)
    opened = desk.open(member)
    assert desk.save(opened, **{"profile-TOTAL_FORMS": "1", "profile-0-user": member.pk}).status_code == 302
    assert not UserProfile.objects.exists()


def test_a_row_moved_to_another_member_speaks_of_both(desk, full_member, make_member, recorded):
    other, photo = make_member(), UserPhoto.objects.get()
    desk.save(desk.open(photo), user=other.pk)
    assert {row.user_id for row in recorded(action="update")} == {full_member.pk, other.pk}


def test_a_refused_save_records_nothing(desk, full_member, recorded):
    desk.save(desk.open(full_member), phone="nonsense")
    assert recorded(action="update") == []


def test_a_member_has_one_subscription(desk, full_member):
    answered = desk.save(
        desk.get(page(UserSubscription, "add")),
        user=full_member.pk,
        plan="basic",
        status="active",
        starts_at_0="2026-01-01",
        starts_at_1="00:00:00",
    )
    assert answered.status_code == 200
    assert UserSubscription.all_objects.count() == 1


def test_a_deleted_subscription_is_named_when_another_is_made(desk, full_member):
    subscription = UserSubscription.objects.get()
    subscription.soft_delete(by=None)
    answered = desk.save(
        desk.get(page(UserSubscription, "add")),
        user=full_member.pk,
        plan="basic",
        status="active",
        starts_at_0="2026-01-01",
        starts_at_1="00:00:00",
    )
    assert page(UserSubscription, "change", subscription.pk) in str(answered.context["adminform"].form.errors["user"])
