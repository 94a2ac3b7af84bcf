"""Unique values that deleted rows hold: cases 31 and 36."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import modelform_factory
from django.utils import timezone

from matching.models import MatchHistory, MatchWeek
from users.models import User, UserSubscription
from ygs_admin.db.soft_delete import DeletedRowExistsError
from ygs_admin.db.tests.deletable import member_with_rows

pytestmark = pytest.mark.django_db

VALUES = {"name": "박새롬", "gender": "female", "birth_year": 1995}
WEEK = {"iso_year": 2026, "iso_week": 48, "starts_on": date(2026, 11, 23), "ends_on": date(2026, 11, 29)}


@pytest.fixture
def member(make_member: Callable[..., User]) -> User:
    return member_with_rows(make_member)


def test_a_value_held_by_a_deleted_row_is_a_form_error_that_names_it(member: User) -> None:
    member.delete()
    form = modelform_factory(User, fields=["phone", "name", "gender", "birth_year"])({"phone": "01012345678", **VALUES})
    (error,) = form.errors.as_data()["phone"]
    assert (error.code, error.params["holder"]) == ("held_by_deleted", member)
    assert member.pk in str(form.errors["phone"])


def test_a_value_held_by_a_live_row_is_the_usual_error(member: User) -> None:
    with pytest.raises(ValidationError) as refused:
        User(phone="01012345678", **VALUES).full_clean()
    assert [error.code for error in refused.value.error_dict["phone"]] == ["unique"]


def test_a_deleted_row_does_not_hold_its_own_value_against_itself(member: User) -> None:
    member.delete()
    User.all_objects.get(pk=member.pk).full_clean()


def test_a_deleted_subscription_still_holds_its_member(member: User) -> None:
    member.subscription.delete()
    again = UserSubscription(user=member, plan="basic", status="active", starts_at=timezone.now())
    with pytest.raises(ValidationError) as refused:
        again.full_clean()
    assert [error.code for error in refused.value.error_dict["user"]] == ["held_by_deleted"]


def test_a_constraint_over_several_columns_is_held_too() -> None:
    week = MatchWeek.objects.create(**WEEK)
    week.delete()
    with pytest.raises(ValidationError) as refused:
        MatchWeek(**WEEK).full_clean()
    (error,) = refused.value.error_dict["__all__"]
    assert (error.code, error.params["holder"]) == ("held_by_deleted", week)


def test_null_in_a_constraint_holds_nothing(member: User, make_member: Callable[..., User]) -> None:
    pair = {"user_a": member, "user_b": make_member(), "source": "manual"}
    MatchHistory.objects.create(**pair).delete()
    MatchHistory(**pair).full_clean()


def test_get_or_create_on_a_deleted_rows_key_says_so(member: User) -> None:
    member.delete()
    with pytest.raises(DeletedRowExistsError) as refused:
        User.objects.get_or_create(phone="01012345678", defaults=VALUES)
    assert refused.value.holder == member
    assert User.all_objects.count() == 1


def test_update_or_create_on_a_deleted_rows_key_says_so(member: User) -> None:
    member.delete()
    with pytest.raises(DeletedRowExistsError), transaction.atomic():
        User.objects.update_or_create(phone="01012345678", defaults=VALUES)
    assert User.all_objects.get(pk=member.pk).name == "김철수"


def test_get_or_create_for_another_reason_fails_as_ever(member: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.get_or_create(email="new@ygs.test", defaults={"phone": "01012345678", **VALUES})


def test_get_or_create_finds_and_makes_as_ever(member: User) -> None:
    assert User.objects.get_or_create(phone="01012345678", defaults=VALUES) == (member, False)
    made, was_created = User.objects.get_or_create(phone="01099998888", defaults=VALUES)
    assert (made.name, was_created) == ("박새롬", True)
