"""What an export writes, an import reads back as it was, whatever the text and the language of the labels."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from users import cleaning
from users.interchange.columns import COLUMNS
from users.models import Gender, User, UserProfile, UserStatus
from users.models.vocabulary import Education, Mbti, SalaryRange
from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db

CHARACTERS = st.characters(codec="utf-8") | st.sampled_from("'\"=+-@,;\n\r\t 가힣")


def texts(clean: Callable[[str], str]) -> st.SearchStrategy[str | None]:
    """Return what cleaning makes of any text: whatever can be stored."""

    def cleaned(text: str) -> str | None:
        try:
            return clean(text) or None
        except ValidationError:
            return None

    return st.none() | st.text(CHARACTERS, max_size=40).map(cleaned)


def maybe(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(values)


MEMBER = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["김철수", "'=김", "@박", 'O\'Neill, "Jr"', "남궁 민수"]),
        "gender": st.sampled_from(Gender.values),
        "birth_year": st.integers(1920, 2000),
        "email": maybe(["cs@naver.com", "+x@naver.com", "=1@naver.com"]),
        "kakao_id": texts(cleaning.handle),
        "status": st.sampled_from(UserStatus.values),
        "height": st.none() | st.integers(120, 230),
        "education": maybe(Education.values),
        "university": texts(cleaning.line),
        "job": texts(cleaning.line),
        "salary_range": maybe(SalaryRange.values),
        "district": texts(cleaning.district),
        "mbti": maybe(Mbti.values),
        "about_me": texts(cleaning.prose),
        "profile_appeal": texts(cleaning.prose),
    }
)


def create(number: int, values: dict[str, Any]) -> None:
    user, profile = User(phone=f"010{number:08}"), UserProfile()
    for column in COLUMNS:
        if column.name != "phone":
            setattr(user if column.model is User else profile, column.name, values[column.name])
    user.save()
    profile.user = user
    profile.save()


def everybody() -> list[dict[str, Any]]:
    return [
        {column.name: getattr(member if column.model is User else member.profile, column.name) for column in COLUMNS}
        for member in User.objects.select_related("profile").order_by("phone")
    ]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(MEMBER, min_size=1, max_size=4), labels=st.sampled_from(["ko", "en", "values"]))
def test_an_import_of_an_export_is_the_identity(
    rows: list[dict[str, Any]], labels: str, superuser: Staff, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    options = ("--reason", "이관", "--with-contacts", "--actor", superuser.email, "--labels", labels)
    with transaction.atomic():
        for number, values in enumerate(rows):
            create(number, values)
        exported = everybody()
        call_command("export_members", str(file), *options, stdout=StringIO())
        call_command("import_members", str(file), stdout=StringIO())
        assert everybody() == exported
        transaction.set_rollback(True)
    with transaction.atomic():
        call_command("import_members", str(file), stdout=StringIO())
        assert everybody() == exported
        transaction.set_rollback(True)
