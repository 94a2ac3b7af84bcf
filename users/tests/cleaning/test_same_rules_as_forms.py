"""What an import takes, the forms of the console take, and the other way round."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from users import cleaning
from users.forms import MemberForm, ProfileForm

pytestmark = pytest.mark.django_db


def is_clean(clean: Callable[[str], object], text: str) -> bool:
    try:
        clean(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("age", [18, 19, 20])
def test_the_youngest_birth_year(age: int) -> None:
    year = str(timezone.localdate().year - age)
    form = MemberForm({"name": "김철수", "gender": "male", "birth_year": year, "phone": "01012345678"})
    assert ("birth_year" not in form.errors) == is_clean(cleaning.birth_year, year) == (age >= 19)


@pytest.mark.parametrize(("year", "is_allowed"), [("1919", False), ("1920", True)])
def test_the_oldest_birth_year(year: str, is_allowed: bool) -> None:
    form = MemberForm({"name": "김철수", "gender": "male", "birth_year": year, "phone": "01012345678"})
    assert ("birth_year" not in form.errors) == is_clean(cleaning.birth_year, year) == is_allowed


@pytest.mark.parametrize(("height", "is_allowed"), [("119", False), ("120", True), ("230", True), ("231", False)])
def test_heights(height: str, is_allowed: bool) -> None:
    form = ProfileForm({"height": height})
    assert ("height" not in form.errors) == is_clean(cleaning.height, height) == is_allowed
