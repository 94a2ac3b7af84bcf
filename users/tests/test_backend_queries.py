"""The reference's queries see what the console did; deletion, search and the access record hold for both writers."""

import pytest
from django.core.exceptions import ValidationError
from sqlalchemy.exc import DBAPIError

from users.models import MemberSearch, User, UserAccessAudit, UserPhoto, UserProfile, UserSubscription
from users.tests.backend import queries, rows
from users.tests.backend import user_models as backend_models
from users.tests.backend.sessions import Backend
from users.tests.both_sides import ids, written_user, written_with_rows


def test_the_reference_queries_see_a_member_that_the_console_made(backend: Backend) -> None:
    before = backend.read(queries.count_users)
    user = User.objects.create(phone=rows.new_user().phone, name="제갈공명", gender="male", birth_year=1988)
    UserProfile.objects.create(user=user, height=184)

    assert backend.read(queries.count_users) == before + 1
    assert user.pk in ids(backend.read(queries.active_users))
    assert user.pk in ids(backend.read(queries.users_by_status, "pending"))
    assert user.pk in ids(backend.read(queries.users_by_status_and_gender, "pending", "male"))
    assert user.pk not in ids(backend.read(queries.users_by_status_and_gender, "pending", "female"))
    assert ids(backend.read(queries.search_users, user.phone[3:])) == [user.pk]
    assert user.pk in ids(backend.read(queries.search_users, "갈공"))
    assert backend.read(queries.get_user_with_profile, user.pk).profile.height == 184  # type: ignore[union-attr]


def test_the_reference_queries_see_the_consoles_decisions(backend: Backend) -> None:
    user = written_user(backend)

    User.objects.get(pk=user.id).approve(by=None)

    assert user.id in ids(backend.read(queries.users_by_status, "approved"))
    assert user.id not in ids(backend.read(queries.users_by_status, "pending"))


def test_newest_first_is_one_order_for_both_writers(backend: Backend) -> None:
    first = written_user(backend)
    second = User.objects.create(phone=rows.new_user().phone, name="나중", gender="female", birth_year=1990)
    third = written_user(backend)

    newest = [third.id, second.pk, first.id]
    assert ids(backend.read(queries.newest_users, offset=0, limit=3)) == newest
    assert ids(backend.read(queries.newest_users, offset=1, limit=1)) == [second.pk]
    assert list(User.objects.order_by("-created_at", "-id").values_list("pk", flat=True)[:3]) == newest
    assert User.objects.get(pk=first.id).created_at < second.created_at < User.objects.get(pk=third.id).created_at


def test_what_the_console_deletes_is_gone_for_the_backend_until_restored(backend: Backend) -> None:
    user = written_user(backend)
    before = backend.read(queries.count_users)

    User.objects.get(pk=user.id).soft_delete(by=None)
    assert backend.read(queries.get_user, user.id) is None
    assert backend.read(queries.count_users) == before - 1
    assert backend.read(queries.search_users, user.phone) == []

    User.all_objects.get(pk=user.id).undelete(by=None)
    assert rows.columns_of(backend.read(queries.get_user, user.id) or user)["deleted_at"] is None
    assert backend.read(queries.count_users) == before


def test_what_the_backend_deletes_is_gone_for_the_console_until_restored(backend: Backend) -> None:
    user = written_user(backend)

    backend.write(queries.soft_delete_user, user.id)
    assert not User.objects.filter(pk=user.id).exists()
    deleted = User.all_objects.get(pk=user.id)
    assert deleted.is_deleted

    assert deleted.undelete(by=None)
    assert backend.read(queries.get_user, user.id) is not None


def test_a_deletion_and_its_restoration_take_the_backends_rows_along(backend: Backend) -> None:
    user, *_, subscription, _ = written_with_rows(backend, rows.least_rows)
    long_gone = backend.write(
        queries.create, backend_models.UserPhoto(user_id=user.id, s3_key="photos/0.jpg", deleted_at=rows.MOMENT)
    )

    User.objects.get(pk=user.id).soft_delete(by=None)
    seen = backend.read(queries.get_user_with_relations, user.id)
    assert seen is not None
    batch = {row.deleted_at for row in (seen, seen.subscription, *seen.photos) if row and row.id != long_gone.id}
    assert len(batch) == 1
    assert None not in batch

    User.all_objects.get(pk=user.id).undelete(by=None)
    assert UserSubscription.objects.filter(pk=subscription.id).exists()
    assert UserPhoto.objects.filter(user=user.id).count() == 1
    assert UserPhoto.all_objects.get(pk=long_gone.id).deleted_at == rows.as_utc(rows.MOMENT)


def test_a_phone_number_of_the_backends_deleted_member_is_a_form_error(backend: Backend) -> None:
    user = written_user(backend)
    backend.write(queries.soft_delete_user, user.id)

    with pytest.raises(ValidationError) as refused:
        User(phone=user.phone, name="새 회원", gender="male", birth_year=1991).full_clean()

    (error,) = refused.value.error_dict["phone"]
    assert error.code == "held_by_deleted"
    assert error.params
    assert error.params["holder"].pk == user.id


def test_the_consoles_search_finds_what_the_backend_writes(backend: Backend) -> None:
    created = backend.write(
        queries.create_user_with_profile,
        queries.UserCreateDto(rows.new_user().phone, "남궁 옥분", "female", 1985, height=160, education="master"),
    )
    found = MemberSearch.objects.get(pk=created.id)
    assert (found.name_key, found.education, found.is_deleted) == ("남궁옥분", "master", False)
    assert found.created_at == rows.as_utc(created.created_at)

    backend.write(queries.update_user, created.id, name="남궁 민")
    backend.write(queries.soft_delete_user, created.id)
    found = MemberSearch.objects.get(pk=created.id)
    assert (found.name_key, found.is_deleted) == ("남궁민", True)


def test_the_access_record_takes_the_backends_rows_and_lets_nobody_change_them(backend: Backend) -> None:
    audit = backend.write(queries.create, backend_models.UserAccessAudit(actor_id="system", action="view"))
    written, audit.reason = audit.id, "changed"

    with pytest.raises(DBAPIError, match="append only"):
        backend.write(queries.create, audit)

    assert UserAccessAudit.objects.get(pk=written).reason is None
