"""The columns of a file of members, in the order of an export, and what cleans their cells."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import TextChoices

from users import cleaning
from users.models import Gender, User, UserProfile, UserStatus
from users.models.vocabulary import Education, Mbti, SalaryRange

from .labels import labels, value_of
from .mbti import mbti
from .salary import salary_range


@dataclass(frozen=True, eq=False)
class Column:
    """One column, named as the model's field."""

    name: str
    model: type[User] | type[UserProfile]
    clean: Callable[[str], Any]
    """Takes a cell with something in it and returns the value, or raises `ValidationError`."""
    choices: type[TextChoices] | None = None
    is_required: bool = False
    is_text: bool = False
    """Text is taken at its word; elsewhere `-`, `#N/A` and `없음` mean that there is nothing."""
    is_contact: bool = False

    def written(self, value: Any, language: str | None) -> str:
        """Return a value as text that `clean` reads back; a choice by its label in a language, or as it is stored."""
        if value is None:
            return ""
        if self.choices and language:
            return labels(self.choices, language).get(str(value), str(value))
        return str(value)


def _choice(name: str, model: type[User] | type[UserProfile], choices: type[TextChoices], **traits: bool) -> Column:
    return Column(name, model, partial(value_of, choices), choices, **traits)


NAME = Column("name", User, cleaning.person_name, is_required=True, is_text=True)
PHONE = Column("phone", User, cleaning.phone, is_required=True, is_contact=True)
COLUMNS = (
    NAME,
    PHONE,
    _choice("gender", User, Gender, is_required=True),
    Column("birth_year", User, cleaning.birth_year, is_required=True),
    Column("email", User, cleaning.email, is_contact=True),
    Column("kakao_id", User, cleaning.handle, is_text=True, is_contact=True),
    _choice("status", User, UserStatus),
    Column("height", UserProfile, cleaning.height),
    _choice("education", UserProfile, Education),
    Column("university", UserProfile, cleaning.line, is_text=True),
    Column("job", UserProfile, cleaning.line, is_text=True),
    Column("salary_range", UserProfile, salary_range, SalaryRange),
    Column("district", UserProfile, cleaning.district, is_text=True),
    Column("mbti", UserProfile, mbti, Mbti),
    Column("about_me", UserProfile, cleaning.prose, is_text=True),
    Column("profile_appeal", UserProfile, cleaning.prose, is_text=True),
)
BY_NAME = {column.name: column for column in COLUMNS}
