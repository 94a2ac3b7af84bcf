"""Values that the console does not know yet: case 42."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from users.models import User, UserPreference, UserProfile

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(make_member: Callable[..., User]) -> User:
    """A member with values from a newer backend."""
    return make_member(
        status="dormant", gender="nonbinary", education="phd", preference={"smoking": ["never", "sometimes"]}
    )


def test_an_unknown_value_is_shown_as_it_stands(member: User) -> None:
    read = User.objects.get(pk=member.pk)
    assert (read.get_status_display(), read.get_gender_display()) == ("dormant", "nonbinary")
    assert read.profile.get_education_display() == "phd"


def test_an_unknown_value_in_a_list_is_shown_among_the_labels(member: User) -> None:
    field = UserPreference._meta.get_field("smoking")
    labels = field.labels(UserPreference.objects.get(user=member).smoking)  # type: ignore[union-attr]
    assert labels[1] == "sometimes"
    assert labels[0] != "never"


def test_an_unknown_value_can_be_filtered_by(member: User) -> None:
    assert User.objects.filter(status="dormant", gender="nonbinary", profile__education="phd").get() == member


def test_an_unknown_value_survives_an_edit_of_other_fields(member: User) -> None:
    read = User.objects.get(pk=member.pk)
    read.name = "김영희"
    read.full_clean()
    read.save()
    again = User.objects.get(pk=member.pk)
    assert (again.name, again.status, again.gender) == ("김영희", "dormant", "nonbinary")


def test_an_unknown_value_in_a_list_survives_beside_a_new_one(member: User) -> None:
    preference = UserPreference.objects.get(user=member)
    preference.smoking = [*preference.smoking, "quitting"]
    preference.full_clean()
    preference.save()
    assert UserPreference.objects.get(user=member).smoking == ["never", "sometimes", "quitting"]


@pytest.mark.parametrize("value", ["asleep", "Approved", "dormant "])
def test_a_change_to_an_unknown_value_is_refused(member: User, value: str) -> None:
    read = User.objects.get(pk=member.pk)
    read.status = value
    with pytest.raises(ValidationError) as refused:
        read.full_clean()
    assert set(refused.value.message_dict) == {"status"}


def test_another_unknown_value_in_a_list_is_refused_and_named(member: User) -> None:
    preference = UserPreference.objects.get(user=member)
    preference.smoking = ["sometimes", "chain"]
    with pytest.raises(ValidationError) as refused:
        preference.full_clean()
    assert "chain" in str(refused.value.message_dict["smoking"])
    assert "sometimes" not in str(refused.value.message_dict["smoking"])


def test_a_new_row_takes_known_values_only(member: User) -> None:
    with pytest.raises(ValidationError) as refused:
        UserProfile(user=member, education="phd").full_clean(exclude=["user", "id"])
    assert set(refused.value.message_dict) == {"education"}


def test_an_unknown_value_can_be_given_up_for_a_known_one(member: User) -> None:
    read = User.objects.get(pk=member.pk)
    read.status = "approved"
    read.full_clean()
    read.save()
    assert User.objects.get(pk=member.pk).get_status_display() != "approved"
