"""Soft deletion: cases 29 to 32 and 34 to 36."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.forms import modelform_factory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import ConsultSchedule, MatchFeedback, MatchHistory, MatchWeek
from users.models import User, UserAccessAudit, UserDocument, UserPhoto, UserPreference, UserProfile, UserSubscription
from ygs_admin.db.ids import new_id
from ygs_admin.db.ownership import shared_models
from ygs_admin.db.querysets import DeletionRefusedError
from ygs_admin.db.soft_delete import DeletedRowExistsError, SoftDeleteModel

pytestmark = pytest.mark.django_db

SOFT = [model for model in shared_models() if issubclass(model, SoftDeleteModel)]
HARD = [model for model in shared_models() if not issubclass(model, SoftDeleteModel)]
WEEK = {"iso_year": 2026, "iso_week": 48, "starts_on": date(2026, 11, 23), "ends_on": date(2026, 11, 29)}


@pytest.fixture
def member(make_member: Callable[..., User]) -> User:
    """A member with two photos, a document and a subscription."""
    made = make_member(name="김철수", phone="01012345678")
    UserPhoto.objects.create(user=made, s3_key="photos/1.jpg")
    UserPhoto.objects.create(user=made, s3_key="photos/2.jpg")
    UserDocument.objects.create(user=made, s3_key="documents/1.jpg", document_type="identity")
    UserSubscription.objects.create(user=made, plan="basic", status="active", starts_at=timezone.now())
    return made


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


def batch(member: User) -> set[Any]:
    """Return the times of deletion of the member and of everything that hangs on them."""
    hanging = [UserPhoto, UserDocument, UserSubscription]
    rows = [row for model in hanging for row in model.all_objects.filter(user=member)]
    return {row.deleted_at for row in [User.all_objects.get(pk=member.pk), *rows]}


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
    assert (again.user, str(again.user), again.user.is_deleted) == (member, "김철수", True)
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


class TestUniqueValues:
    VALUES: ClassVar[dict[str, Any]] = {"name": "박새롬", "gender": "female", "birth_year": 1995}

    def test_a_value_held_by_a_deleted_row_is_a_form_error_that_names_it(self, member: User) -> None:
        member.delete()
        form = modelform_factory(User, fields=["phone", "name", "gender", "birth_year"])(
            {"phone": "01012345678", **self.VALUES}
        )
        (error,) = form.errors.as_data()["phone"]
        assert (error.code, error.params["holder"]) == ("held_by_deleted", member)
        assert member.pk in str(form.errors["phone"])

    def test_a_value_held_by_a_live_row_is_the_usual_error(self, member: User) -> None:
        with pytest.raises(ValidationError) as refused:
            User(phone="01012345678", **self.VALUES).full_clean()
        assert [error.code for error in refused.value.error_dict["phone"]] == ["unique"]

    def test_a_deleted_row_does_not_hold_its_own_value_against_itself(self, member: User) -> None:
        member.delete()
        User.all_objects.get(pk=member.pk).full_clean()

    def test_a_deleted_subscription_still_holds_its_member(self, member: User) -> None:
        member.subscription.delete()
        again = UserSubscription(user=member, plan="basic", status="active", starts_at=timezone.now())
        with pytest.raises(ValidationError) as refused:
            again.full_clean()
        assert [error.code for error in refused.value.error_dict["user"]] == ["held_by_deleted"]

    def test_a_constraint_over_several_columns_is_held_too(self) -> None:
        week = MatchWeek.objects.create(**WEEK)
        week.delete()
        with pytest.raises(ValidationError) as refused:
            MatchWeek(**WEEK).full_clean()
        (error,) = refused.value.error_dict["__all__"]
        assert (error.code, error.params["holder"]) == ("held_by_deleted", week)

    def test_null_in_a_constraint_holds_nothing(self, member: User, make_member: Callable[..., User]) -> None:
        pair = {"user_a": member, "user_b": make_member(), "source": "manual"}
        MatchHistory.objects.create(**pair).delete()
        MatchHistory(**pair).full_clean()

    def test_get_or_create_on_a_deleted_rows_key_says_so(self, member: User) -> None:
        member.delete()
        with pytest.raises(DeletedRowExistsError) as refused:
            User.objects.get_or_create(phone="01012345678", defaults=self.VALUES)
        assert refused.value.holder == member
        assert User.all_objects.count() == 1

    def test_update_or_create_on_a_deleted_rows_key_says_so(self, member: User) -> None:
        member.delete()
        with pytest.raises(DeletedRowExistsError), transaction.atomic():
            User.objects.update_or_create(phone="01012345678", defaults=self.VALUES)
        assert User.all_objects.get(pk=member.pk).name == "김철수"

    def test_get_or_create_for_another_reason_fails_as_ever(self, member: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.get_or_create(email="new@ygs.test", defaults={"phone": "01012345678", **self.VALUES})

    def test_get_or_create_finds_and_makes_as_ever(self, member: User) -> None:
        assert User.objects.get_or_create(phone="01012345678", defaults=self.VALUES) == (member, False)
        made, was_created = User.objects.get_or_create(phone="01099998888", defaults=self.VALUES)
        assert (made.name, was_created) == ("박새롬", True)


class TestManyRows:
    NUMBER = 10_000

    @pytest.fixture
    def many(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO users (id, phone, name, gender, birth_year, status, is_admin, created_at)
                SELECT 'usr_' || lpad(n::text, 26, '0'), '010' || lpad(n::text, 8, '0'), '김', 'male', 1990, 'approved',
                       false, '2026-01-01' FROM generate_series(1, %s) n""",
                [self.NUMBER],
            )

    @pytest.mark.usefixtures("many")
    def test_a_bulk_deletion_is_a_few_statements_and_one_audit_row_a_member(self) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert User.objects.all().soft_delete(by=None, reason="정리") == self.NUMBER
        audit_batches = self.NUMBER // 1000
        assert len(queries) <= 12 + audit_batches
        assert live(User) == 0
        recorded = UserAccessAudit.objects.filter(action="delete", reason="정리")
        assert recorded.count() == recorded.values("user_id").distinct().count() == self.NUMBER

    @pytest.mark.usefixtures("many")
    def test_a_bulk_restoration_is_too(self) -> None:
        User.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            assert User.all_objects.all().undelete(by=None) == self.NUMBER
        assert len(queries) <= 12 + self.NUMBER // 1000
        assert live(User) == self.NUMBER


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    """Two transactions want the same member: the outcome is that of one after the other, each whole."""

    def in_thread(self, work: Callable[[], Any]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            finally:
                connection.close()

        return threading.Thread(target=run)

    def run_during(self, first: Callable[[], Any], second: Callable[[], Any]) -> None:
        """Run `second` from when `first` has written until after it has committed."""
        thread = self.in_thread(second)
        with transaction.atomic():
            first()
            thread.start()
            thread.join(timeout=0.3)
        thread.join(timeout=10)
        assert not thread.is_alive()

    def test_a_restoration_during_a_deletion_finds_nothing_to_restore(self, member: User) -> None:
        self.run_during(member.delete, User.all_objects.filter(pk=member.pk).restore)
        assert batch(member) == {member.deleted_at}
        assert member.is_deleted

    def test_a_deletion_during_a_restoration_finds_nothing_to_delete(self, member: User) -> None:
        member.delete()
        self.run_during(member.restore, User.all_objects.filter(pk=member.pk).delete)
        assert batch(member) == {None}

    def test_two_deletions_are_one(self, member: User) -> None:
        self.run_during(member.delete, User.all_objects.filter(pk=member.pk).delete)
        assert batch(member) == {member.deleted_at}

    def test_whoever_wins_the_member_and_what_hangs_on_it_are_of_one_time(self, member: User) -> None:
        for _ in range(25):
            changes = User.all_objects.filter(pk=member.pk)
            threads = [self.in_thread(changes.delete), self.in_thread(changes.restore)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=10)
            assert len(batch(member)) == 1


def test_rows_that_cannot_be_deleted_stay_with_a_deleted_member(member: User) -> None:
    member.delete()
    assert (live(UserProfile), live(UserPreference)) == (1, 1)
