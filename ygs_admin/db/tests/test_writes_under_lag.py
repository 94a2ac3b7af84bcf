"""What an instance from a lagging replica can and cannot do: cases 13, 15 and 16."""

from collections.abc import Callable, Iterator
from contextvars import Context
from typing import Any, TypeVar

import pytest
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connections, models, transaction
from django.test.utils import isolate_apps
from django.utils import timezone

from matching.models import MatchWeek
from users.models import User, UserPhoto, UserProfile, UserSubscription
from ygs_admin.db.ids import new_id
from ygs_admin.db.models import SharedModel
from ygs_admin.db.routing import reading_from_replica, using_primary
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.demo.cluster import Cluster

Row = TypeVar("Row")
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def stale(make_member: Callable[..., User], cluster: Cluster) -> Iterator[User]:
    """A member as the replica shows it: on the primary the name is 김영희 by now. Reads go to the replica."""
    member = make_member(name="김철수", phone="01012345678", email="old@ygs.test", job="교사")
    UserPhoto.objects.create(user=member, s3_key="photos/1.jpg")
    cluster.wait_until_caught_up()
    with cluster.replay_paused():
        User.objects.filter(pk=member.pk).update(name="김영희")
        with reading_from_replica():
            yield User.objects.with_row_version().get(pk=member.pk)


@pytest.fixture
def unversioned(stale: User) -> User:
    return User.objects.get(pk=stale.pk)


def elsewhere(write: Callable[..., Row], *arguments: Any, **values: Any) -> Row:
    """Write as another process does: what is decided here about reads knows nothing of it."""
    return Context().run(write, *arguments, **values)


def on_primary(pk: str) -> User:
    found: User = User.all_objects.using("default").get(pk=pk)
    return found


def test_the_instance_really_comes_from_the_replica(stale: User) -> None:
    assert (stale._state.db, stale.name) == ("replica", "김철수")


def test_saving_a_field_that_somebody_else_changed_is_refused_and_writes_nothing(unversioned: User) -> None:
    unversioned.name = "김민수"
    with pytest.raises(RowConflictError):
        unversioned.save()
    assert on_primary(unversioned.pk).name == "김영희"


def test_saving_another_field_goes_to_the_primary_and_leaves_the_newer_name(unversioned: User) -> None:
    unversioned.email = "new@ygs.test"
    unversioned.save()
    saved = on_primary(unversioned.pk)
    assert (saved.name, saved.email) == ("김영희", "new@ygs.test")


def test_an_instance_with_its_version_is_refused_whatever_field_it_saves(stale: User) -> None:
    stale.email = "new@ygs.test"
    with pytest.raises(RowConflictError):
        stale.save()
    assert on_primary(stale.pk).email == "old@ygs.test"


def test_the_version_of_a_row_is_the_same_on_the_replica(stale: User, unversioned: User) -> None:
    profile = UserProfile.objects.with_row_version().get(user=stale.pk)
    assert profile._state.db == "replica"
    profile.job = "의사"
    profile.save()
    assert UserProfile.objects.using("default").get(user=stale.pk).job == "의사"


def test_saving_without_a_change_sends_nothing(stale: User) -> None:
    stale.save()
    assert on_primary(stale.pk).name == "김영희"


def test_refreshing_after_a_write_reads_the_primary(unversioned: User) -> None:
    unversioned.email = "new@ygs.test"
    unversioned.save()
    unversioned.refresh_from_db()
    assert unversioned.name == "김영희"


def test_deleting_and_restoring_happen_on_the_primary(stale: User) -> None:
    stale.delete()
    assert stale.is_deleted
    assert on_primary(stale.pk).is_deleted
    stale.restore()
    assert not on_primary(stale.pk).is_deleted


def test_verbs_decide_on_the_primary(unversioned: User) -> None:
    elsewhere(User.objects.filter(pk=unversioned.pk).update, status="withdrawn")
    assert unversioned.withdraw(by=None, reason="") is False


def test_related_managers_read_the_replica_and_write_the_primary(stale: User) -> None:
    assert [photo._state.db for photo in stale.photos.all()] == ["replica"]
    elsewhere(UserPhoto.objects.create, user_id=stale.pk, s3_key="photos/2.jpg")
    created = stale.photos.create(s3_key="photos/3.jpg")
    assert created._state.db == "default"
    assert stale.photos.count() == 3
    assert stale.photos.update(display_order=5) == 3
    assert stale.photos.all().delete()[0] == 3
    assert UserPhoto.all_objects.using("default").filter(user=stale.pk, deleted_at=None).count() == 0


def test_related_rows_follow_the_block_not_the_instance(stale: User) -> None:
    assert stale.profile._state.db == "replica"
    with using_primary():
        again = User.objects.get(pk=stale.pk)
        assert (again._state.db, again.profile._state.db) == ("default", "default")
    assert User.objects.prefetch_related("photos").get(pk=stale.pk).photos.all()[0]._state.db == "replica"


def test_get_or_create_finds_what_the_replica_lacks(stale: User) -> None:
    values = {"name": "박새롬", "gender": "female", "birth_year": 1995}
    made = elsewhere(User.objects.create, phone="01099998888", **values)
    assert User.objects.get_or_create(phone="01099998888", defaults=values) == (made, False)


def test_update_or_create_updates_what_the_replica_lacks(stale: User) -> None:
    values = {"name": "박새롬", "gender": "female", "birth_year": 1995}
    made = elsewhere(User.objects.create, phone="01099998888", **values)
    updated, was_created = User.objects.update_or_create(phone="01099998888", defaults={"name": "박새로이"})
    assert (updated, was_created) == (made, False)
    assert on_primary(made.pk).name == "박새로이"


def test_a_locking_read_goes_to_the_primary(stale: User) -> None:
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=stale.pk)
    assert (locked._state.db, locked.name) == ("default", "김영희")


def test_a_read_in_a_transaction_or_savepoint_goes_to_the_primary(stale: User) -> None:
    with transaction.atomic():
        assert User.objects.get(pk=stale.pk).name == "김영희"
        with transaction.atomic():
            assert User.objects.get(pk=stale.pk).name == "김영희"
    assert User.objects.get(pk=stale.pk).name == "김철수"


def test_a_bulk_update_is_refused_as_a_whole_where_one_row_is_newer(
    stale: User, unversioned: User, make_member: Callable[..., User]
) -> None:
    other = elsewhere(make_member, name="박새롬")
    other.name, unversioned.name = "박바뀜", "김민수"
    with pytest.raises(RowConflictError):
        User.objects.bulk_update([other, unversioned], ["name"])
    assert (on_primary(other.pk).name, on_primary(unversioned.pk).name) == ("박새롬", "김영희")


def test_a_bulk_update_of_other_fields_goes_to_the_primary(unversioned: User) -> None:
    unversioned.email = "new@ygs.test"
    assert User.objects.bulk_update([unversioned], ["email"]) == 1
    saved = on_primary(unversioned.pk)
    assert (saved.name, saved.email) == ("김영희", "new@ygs.test")


@isolate_apps("users")
def test_rows_of_a_generic_relation_are_written_to_the_primary_and_read_from_the_replica(stale: User) -> None:
    class Note(SharedModel):
        text = models.TextField()
        content_type = models.ForeignKey(ContentType, models.DO_NOTHING, db_constraint=False)
        object_id = models.TextField()
        about = GenericForeignKey()

        class Meta:
            app_label = "users"

    class NotedMember(User):
        notes = GenericRelation(Note)

        class Meta:
            app_label = "users"
            proxy = True

    with connections["default"].schema_editor() as editor:
        editor.create_model(Note)
    try:
        member = NotedMember.objects.get(pk=stale.pk)
        assert member._state.db == "replica"
        created = member.notes.create(text="전화함")
        found, was_created = member.notes.get_or_create(text="전화함")
        assert member.notes.update(text="다시 전화함") == 1
        assert (created._state.db, found, was_created) == ("default", created, False)
        assert Note.objects.using("default").get().text == "다시 전화함"
    finally:
        with connections["default"].schema_editor() as editor:
            editor.delete_model(Note)


def test_rows_made_in_bulk_go_to_the_primary(stale: User) -> None:
    (made,) = UserPhoto.objects.bulk_create([UserPhoto(user_id=stale.pk, s3_key="photos/2.jpg")])
    assert made._state.db == "default"
    assert UserPhoto.objects.using("default").filter(pk=made.pk).exists()


def test_a_value_taken_on_the_primary_is_taken(stale: User) -> None:
    values = {"name": "박새롬", "gender": "female", "birth_year": 1995}
    elsewhere(User.objects.create, phone="01099998888", **values)
    with reading_from_replica(), pytest.raises(ValidationError) as refused:
        User(phone="01099998888", **values).full_clean()
    assert set(refused.value.message_dict) == {"phone"}


def test_a_value_given_up_on_the_primary_is_free(stale: User) -> None:
    elsewhere(User.objects.filter(pk=stale.pk).update, phone="01011110000")
    with reading_from_replica():
        User(phone="01012345678", name="박새롬", gender="female", birth_year=1995).full_clean()


def test_a_foreign_key_to_a_row_that_the_replica_lacks_is_valid(stale: User, make_member: Callable[..., User]) -> None:
    made = elsewhere(make_member)
    with reading_from_replica():
        UserSubscription(user_id=made.pk, plan="basic", status="active", starts_at=timezone.now()).full_clean()
        with pytest.raises(ValidationError) as refused:
            UserPhoto(user_id=new_id("usr"), s3_key="photos/9.jpg").full_clean()
    assert set(refused.value.message_dict) == {"user"}


def test_a_unique_constraint_sees_the_primary(stale: User) -> None:
    week = {"iso_year": 2026, "iso_week": 48, "starts_on": "2026-11-23", "ends_on": "2026-11-29"}
    elsewhere(MatchWeek.objects.create, **week)
    with reading_from_replica(), pytest.raises(ValidationError):
        MatchWeek(**week).full_clean()


def test_the_replica_refuses_to_be_written(stale: User) -> None:
    with connections["replica"].cursor() as cursor:
        cursor.execute("SHOW default_transaction_read_only")
        assert cursor.fetchone() == ("on",)
