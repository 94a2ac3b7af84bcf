"""Saving what changed, and never over somebody else's newer value: cases 15 to 17 without lag."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from users.models import User, UserPhoto, UserPreference, UserProfile
from ygs_admin.db.row_version import RowConflictError

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(make_member: Callable[..., User]) -> User:
    made = make_member(name="김철수", email="chul@naver.com", job="교사")
    found: User = User.objects.get(pk=made.pk)
    return found


def written_columns(save: Callable[[], Any]) -> list[str]:
    """Return the names of the columns that the one UPDATE sets, none where nothing is sent."""
    with CaptureQueriesContext(connection) as queries:
        save()
    statements = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    if not statements:
        return []
    (statement,) = statements
    assignments = statement.split(" SET ")[1].split(" WHERE ")[0]
    return sorted(part.split('"')[1] for part in assignments.split(", ") if '" = ' in part)


def current(member: User) -> User:
    found: User = User.all_objects.get(pk=member.pk)
    return found


def in_another_transaction(write: Callable[[], Any]) -> None:
    """Write in a savepoint, which has a transaction number of its own."""
    with transaction.atomic():
        write()


def rename_by_hand(member: User, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE users SET name = %s WHERE id = %s", [name, member.pk])


def test_only_changed_columns_are_written_and_updated_at_with_them(member: User) -> None:
    assert member.updated_at is None
    member.name = "김영희"
    assert written_columns(member.save) == ["name", "updated_at"]
    assert current(member).updated_at is not None


def test_a_table_without_updated_at_has_only_its_change_written(member: User) -> None:
    profile = UserProfile.objects.get(user=member)
    profile.job = "의사"
    assert written_columns(profile.save) == ["job"]


def test_nothing_changed_is_nothing_sent(member: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        member.save()
    assert len(queries) == 0
    assert current(member).updated_at is None


def test_a_value_set_to_what_it_was_is_no_change(member: User) -> None:
    member.name = "김영희"
    member.name = "김철수"
    assert written_columns(member.save) == []


def test_saving_twice_writes_the_second_change_alone(member: User) -> None:
    member.name = "김영희"
    member.save()
    member.email = "young@naver.com"
    assert written_columns(member.save) == ["email", "updated_at"]


@pytest.mark.parametrize(("requested", "written"), [({"name"}, ["name", "updated_at"]), ({"phone"}, []), (set(), [])])
def test_update_fields_narrows_what_is_written(member: User, requested: set[str], written: list[str]) -> None:
    member.name, member.email = "김영희", "young@naver.com"
    assert written_columns(lambda: member.save(update_fields=requested)) == written
    assert current(member).email == "chul@naver.com"


def test_update_fields_may_name_the_column_of_a_foreign_key(member: User, make_member: Callable[..., User]) -> None:
    photo = UserPhoto.objects.create(user=member, s3_key="photos/1.jpg")
    photo.user = make_member()
    assert written_columns(lambda: photo.save(update_fields=["user_id"])) == ["user_id"]


def test_a_value_that_somebody_else_changed_is_not_overwritten(member: User) -> None:
    User.objects.filter(pk=member.pk).update(name="김바뀜")
    member.name = "김영희"
    with pytest.raises(RowConflictError) as conflict, transaction.atomic():
        member.save()
    assert conflict.value.instance is member
    assert current(member).name == "김바뀜"


def test_a_change_beside_mine_is_kept(member: User) -> None:
    User.objects.filter(pk=member.pk).update(email="new@naver.com")
    member.name = "김영희"
    member.save()
    assert (current(member).name, current(member).email) == ("김영희", "new@naver.com")


@pytest.mark.parametrize(("before", "theirs"), [(None, "theirs@naver.com"), ("was@naver.com", None)])
def test_null_and_a_value_conflict_like_two_values(member: User, before: str | None, theirs: str | None) -> None:
    User.objects.filter(pk=member.pk).update(email=before)
    mine = User.objects.get(pk=member.pk)
    User.objects.filter(pk=member.pk).update(email=theirs)
    mine.email = "mine@naver.com"
    with pytest.raises(RowConflictError), transaction.atomic():
        mine.save()
    assert current(member).email == theirs


def test_a_list_that_was_changed_in_place_is_a_change(member: User) -> None:
    UserPreference.objects.filter(user=member).update(mbti=["INTJ"])
    preference = UserPreference.objects.get(user=member)
    preference.mbti.append("ENFP")
    assert written_columns(preference.save) == ["mbti", "updated_at"]
    assert UserPreference.objects.get(user=member).mbti == ["INTJ", "ENFP"]


def test_the_backends_json_null_is_no_conflict(member: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE user_preferences SET mbti = 'null', districts = 'null' WHERE user_id = %s", [member.pk])
    preference = UserPreference.objects.get(user=member)
    assert preference.mbti is None
    preference.mbti = ["INTJ"]
    assert written_columns(preference.save) == ["mbti", "updated_at"]


def test_a_version_refuses_any_change_since_it_was_read(member: User) -> None:
    mine = User.objects.with_row_version().get(pk=member.pk)
    in_another_transaction(lambda: User.objects.filter(pk=member.pk).update(email="new@naver.com"))
    mine.name = "김영희"
    with pytest.raises(RowConflictError), transaction.atomic():
        mine.save()
    assert current(member).name == "김철수"


def test_a_version_that_still_holds_lets_save_and_is_used_up(member: User) -> None:
    mine = User.objects.with_row_version().get(pk=member.pk)
    assert isinstance(mine.row_version, int)
    mine.name = "김영희"
    mine.save()
    assert mine.row_version is None
    mine.name = "김민수"
    mine.save()
    assert current(member).name == "김민수"


def test_a_refreshed_instance_forgets_the_version_of_what_it_was(member: User) -> None:
    mine = User.objects.with_row_version().get(pk=member.pk)
    mine.suspend(by=None, reason="")
    mine.name = "김영희"
    mine.save()
    assert (current(member).name, current(member).status) == ("김영희", "suspended")


def test_a_version_changes_with_every_write_by_anyone(member: User) -> None:
    versions = []
    for name in ("가", "나", "나"):
        in_another_transaction(partial(rename_by_hand, member, name))
        versions.append(User.objects.with_row_version().get(pk=member.pk).row_version)
    assert len(set(versions)) == 3


def test_a_row_that_is_gone_is_an_error_and_no_conflict(member: User) -> None:
    photo = UserPhoto.objects.create(user=member, s3_key="photos/1.jpg")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM user_photos WHERE id = %s", [photo.pk])
    photo.display_order = 3
    with pytest.raises(DatabaseError), transaction.atomic():
        photo.save()


def test_a_new_row_never_overwrites_one_that_somebody_else_has_just_made(member: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UserProfile(user=member, job="의사").save()
    assert UserProfile.objects.get(user=member).job == "교사"


def test_a_row_keyed_by_its_member_takes_the_members_id(member: User) -> None:
    assert UserProfile.objects.get(user=member).pk == member.pk


def test_saving_never_undeletes_and_never_deletes(member: User) -> None:
    member.deleted_at = timezone.now()
    member.name = "김영희"
    member.save()
    assert (current(member).name, current(member).deleted_at) == ("김영희", None)
    stale = current(member)
    current(member).delete()
    stale.name = "김민수"
    stale.save()
    assert current(member).is_deleted


def test_an_expression_is_applied_to_what_was_read(member: User) -> None:
    photo = UserPhoto.objects.create(user=member, s3_key="photos/1.jpg", display_order=1)
    photo.display_order = F("display_order") + 1
    photo.save()
    photo.refresh_from_db()
    assert photo.display_order == 2
    assert photo.changed_fields() == []


def test_columns_that_were_not_read_are_neither_written_nor_read(member: User) -> None:
    partial = User.objects.only("name").get(pk=member.pk)
    partial.name = "김영희"
    assert written_columns(partial.save) == ["name", "updated_at"]


def test_rows_made_in_bulk_write_only_what_changes_later(member: User) -> None:
    (photo,) = UserPhoto.objects.bulk_create([UserPhoto(user=member, s3_key="photos/1.jpg")])
    UserPhoto.objects.filter(pk=photo.pk).update(s3_key="photos/2.jpg")
    photo.display_order = 4
    assert written_columns(photo.save) == ["display_order"]
    photo.s3_key = "photos/3.jpg"
    with pytest.raises(RowConflictError), transaction.atomic():
        photo.save()


def test_rows_updated_in_bulk_can_be_saved_afterwards(member: User, make_member: Callable[..., User]) -> None:
    other = User.objects.get(pk=make_member().pk)
    member.name, other.name = "하나", "둘"
    assert User.objects.bulk_update([member, other], ["name"]) == 2
    assert current(member).updated_at is not None
    member.name = "셋"
    member.save()
    assert (current(member).name, current(other).name) == ("셋", "둘")


def test_a_bulk_update_is_a_few_statements_however_many_rows(make_member: Callable[..., User]) -> None:
    def statements(rows: list[User]) -> int:
        for row in rows:
            row.name += "님"
        with CaptureQueriesContext(connection) as queries:
            User.objects.bulk_update(rows, ["name"])
        return len(queries)

    members = [make_member() for _ in range(9)]
    assert statements(members[:2]) == statements(members)


def test_an_update_of_many_rows_sets_updated_at(member: User) -> None:
    User.objects.filter(pk=member.pk).update(name="김영희")
    assert current(member).updated_at is not None


def test_update_of_a_table_without_updated_at_works(member: User) -> None:
    assert UserProfile.objects.filter(user=member).update(job="의사") == 1
