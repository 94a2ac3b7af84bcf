"""Soft deletion: cases 29, 30, 32 and 33."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import ConsultSchedule, MatchFeedback, MatchHistory, MatchWeek
from users.models import User, UserAccessAudit, UserDocument, UserPhoto, UserPreference, UserProfile, UserSubscription
from ygs_admin.db.ids import new_id
from ygs_admin.db.ownership import shared_models
from ygs_admin.db.querysets import DeletionRefusedError
from ygs_admin.db.soft_delete import SoftDeleteModel
from ygs_admin.db.tests.deletable import batch, member_with_rows

pytestmark = pytest.mark.django_db

SOFT = [model for model in shared_models() if issubclass(model, SoftDeleteModel)]
HARD = [model for model in shared_models() if not issubclass(model, SoftDeleteModel)]
WEEK = {"iso_year": 2026, "iso_week": 48, "starts_on": date(2026, 11, 23), "ends_on": date(2026, 11, 29)}


@pytest.fixture
def member(make_member: Callable[..., User]) -> User:
    return member_with_rows(make_member)


@pytest.fixture
def one_row_of_each(member: User, make_member: Callable[..., User]) -> None:
    week = MatchWeek.objects.create(**WEEK)
    pair = MatchHistory.objects.create(match_week=week, user_a=member, user_b=make_member(), source="manual")
    MatchFeedback.objects.create(match_history=pair, user=member, rating=3)
    ConsultSchedule.objects.create(
        user=member, consultant_id=new_id("stf"), scheduled_at=timezone.now(), channel="phone"
    )
    UserAccessAudit.record("view", by=None, user_id=member.pk)


@contextmanager
def no_sql_delete() -> Iterator[None]:
    with CaptureQueriesContext(connection) as queries:
        yield
    assert [query["sql"] for query in queries if "DELETE" in query["sql"].upper().split()] == []


def live(model: Any) -> int:
    count: int = model.objects.count()
    return count


def test_the_shared_tables_are_of_two_kinds() -> None:
    assert {model.__name__ for model in SOFT} == {
        "User", "UserPhoto", "UserDocument", "UserSubscription",
        "MatchWeek", "MatchHistory", "MatchFeedback", "ConsultSchedule",
    }  # fmt: skip
    assert {model.__name__ for model in HARD} == {"UserProfile", "UserLifestyle", "UserPreference", "UserAccessAudit"}


@pytest.mark.usefixtures("one_row_of_each")
@pytest.mark.parametrize("model", SOFT, ids=lambda model: model.__name__)
def test_deleting_a_queryset_or_an_instance_issues_no_sql_delete(model: Any) -> None:
    first, *_ = rows = list(model.objects.all())
    with no_sql_delete():
        first.delete()
        model.objects.all().delete()
        model.all_objects.all().delete()
        model._base_manager.all().delete()
    assert live(model) == 0
    assert model.all_objects.count() == len(rows)


@pytest.mark.usefixtures("one_row_of_each")
@pytest.mark.parametrize("model", HARD, ids=lambda model: model.__name__)
def test_what_cannot_be_deleted_softly_is_not_deleted_at_all(model: Any) -> None:
    with no_sql_delete():
        with pytest.raises(DeletionRefusedError):
            model.objects.first().delete()
        with pytest.raises(DeletionRefusedError):
            model.objects.all().delete()
        with pytest.raises(DeletionRefusedError):
            model.objects.all()._raw_delete(using="default")
    assert live(model) > 0


def test_related_managers_delete_softly(member: User) -> None:
    with no_sql_delete():
        member.photos.all().delete()
    assert (live(UserPhoto), UserPhoto.all_objects.count()) == (0, 2)


def test_managers_do_not_offer_to_delete_or_restore_everything() -> None:
    for manager in (User.objects, User.all_objects):
        for name in ("delete", "restore", "soft_delete", "undelete"):
            assert not hasattr(manager, name)


def test_one_deletion_takes_what_hangs_on_the_row_with_the_same_time(member: User) -> None:
    count, rows = member.delete()
    (moment,) = batch(member)
    assert moment is not None
    assert member.deleted_at == moment
    assert (count, rows["users.User"], rows["users.UserPhoto"]) == (5, 1, 2)
    assert (live(User), live(UserPhoto), live(UserDocument), live(UserSubscription)) == (0, 0, 0, 0)


def test_restoring_brings_all_of_it_back(member: User) -> None:
    member.delete()
    count, _rows = member.restore()
    assert (count, batch(member), member.is_deleted) == (5, {None}, False)


def test_a_photo_deleted_a_week_before_stays_deleted(member: User) -> None:
    first, second = member.photos.all()
    first.delete()
    member.delete()
    member.restore()
    assert list(member.photos.all()) == [second]
    assert UserPhoto.all_objects.get(pk=first.pk).is_deleted


def test_rows_of_others_are_left_alone(member: User, make_member: Callable[..., User]) -> None:
    other = make_member()
    UserPhoto.objects.create(user=other, s3_key="photos/3.jpg")
    member.delete()
    assert (live(User), live(UserPhoto)) == (1, 1)


def test_deleting_and_restoring_again_change_nothing(member: User) -> None:
    member.delete()
    (moment,) = batch(member)
    assert member.delete()[0] == 0
    assert batch(member) == {moment}
    member.restore()
    assert member.restore()[0] == 0
    assert batch(member) == {None}


def test_deletion_by_the_backend_is_one_that_can_be_undone(member: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE users SET deleted_at = now() AT TIME ZONE 'UTC' WHERE id = %s", [member.pk])
    deleted = User.all_objects.get(pk=member.pk)
    assert deleted.is_deleted
    deleted.restore()
    assert batch(member) == {None}


def test_updated_at_tells_of_deletion_and_restoration(member: User) -> None:
    member.delete()
    deleted = User.all_objects.get(pk=member.pk).updated_at
    member.restore()
    assert deleted is not None
    assert User.objects.get(pk=member.pk).updated_at > deleted


def test_a_child_of_a_deleted_parent_opens_shows_it_and_saves(member: User) -> None:
    photo = member.photos.first()
    User.objects.filter(pk=member.pk).update(deleted_at=timezone.now())
    again = UserPhoto.objects.get(pk=photo.pk)
    assert (again.user, again.user.name, again.user.is_deleted) == (member, "김철수", True)
    again.display_order = 7
    again.full_clean()
    again.save()
    assert UserPhoto.objects.get(pk=photo.pk).display_order == 7


def test_a_profile_of_a_deleted_member_opens_and_saves(member: User) -> None:
    member.delete()
    profile = UserProfile.objects.select_related("user").get(user=member)
    assert profile.user.is_deleted
    profile.job = "의사"
    profile.full_clean()
    profile.save()
    assert UserProfile.objects.get(user=member).job == "의사"


def test_joins_and_counts_are_right_where_scopes_say_so(member: User) -> None:
    member.photos.first().delete()
    is_live = models.Q(photos__deleted_at__isnull=True)
    assert User.objects.aggregate(number=models.Count("photos", filter=is_live)) == {"number": 1}
    assert UserPhoto.objects.filter(user__deleted_at__isnull=True).count() == 1
    member.delete()
    assert UserPhoto.objects.filter(user__deleted_at__isnull=True).count() == 0


def test_rows_that_cannot_be_deleted_stay_with_a_deleted_member(member: User) -> None:
    member.delete()
    assert (live(UserProfile), live(UserPreference)) == (1, 1)


@pytest.mark.parametrize("model", shared_models(), ids=lambda model: model.__name__)
def test_no_manager_of_a_shared_table_deletes_for_good(model: Any, one_row_of_each: None) -> None:
    managers = [*model._meta.managers, model._base_manager]
    rows = model._base_manager.count()
    for manager in managers:
        with no_sql_delete():
            if issubclass(model, SoftDeleteModel):
                manager.all().delete()
            else:
                with pytest.raises(DeletionRefusedError):
                    manager.all().delete()
    assert model._base_manager.count() == rows
