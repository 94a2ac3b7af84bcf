"""Choices as people name them: the value, its label in Korean or English, or another usual word."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import override

from users.models import Gender, UserStatus
from users.models.vocabulary import Education

from .words import folded, listed

KOREAN, ENGLISH = "ko", "en"

OTHER_WORDS: dict[type[TextChoices], dict[str, str]] = {
    Gender: {
        Gender.MALE: "남, 남자, 남성, 남(M), M, man, boy",
        Gender.FEMALE: "여, 여자, 여성, 여(F), F, W, woman, girl",
    },
    UserStatus: {
        UserStatus.PENDING: """대기, 대기중, 승인 대기, 승인 대기중, 심사 대기, 심사중, 보류, 미승인, 신규,
            waiting, new""",
        UserStatus.APPROVED: "승인, 승인됨, 승인 완료, 정회원, 활동, 활동중, 정상, active",
        UserStatus.REJECTED: "반려, 반려됨, 거절, 거절됨, 거부, 탈락, refused, denied",
        UserStatus.SUSPENDED: "정지, 정지됨, 이용 정지, 활동 정지, 일시 정지, blocked, banned",
        UserStatus.WITHDRAWN: "탈퇴, 탈퇴함, 탈퇴 회원, 탈회, 해지, left",
    },
    Education: {
        Education.HIGH_SCHOOL: "고졸, 고등학교, 고등학교 졸업, 고교 졸업, high school graduate",
        Education.ASSOCIATE: """초대졸, 전문대, 전문대졸, 전문대 졸업, 전문대학, 전문대학 졸업, 전문학사, 2년제, 3년제,
            2년제 대졸, 3년제 대졸, 대졸(2년제), 대졸(3년제), 2년제 대학 졸업, associate""",
        Education.BACHELOR: """대졸, 대학 졸업, 대학교 졸업, 학사, 학사 졸업, 4년제, 4년제 대졸, 4년제 졸업,
            대졸(4년제), 4년제 대학 졸업, 4년제 대학교 졸업, bachelor, bachelors, BA, BS""",
        Education.MASTER: """석사, 석사 졸업, 대학원, 대학원졸, 대학원 졸업, 대학원 석사, 대학원(석사),
            master, masters, MA, MS, MBA""",
        Education.DOCTORATE: "박사, 박사 졸업, 대학원 박사, 대학원(박사), doctor, doctoral, PhD, Ph.D.",
    },
}


@cache
def labels(choices: type[TextChoices], language: str) -> dict[str, str]:
    """Return value → label in a language."""
    with override(language):
        return {str(value): str(label) for value, label in choices.choices}


@cache
def vocabulary(choices: type[TextChoices]) -> dict[str, str]:
    """Return folded word → value, for every word that names one of the choices."""
    words = {folded(value): str(value) for value in choices.values}
    for language in (KOREAN, ENGLISH):
        words |= {folded(label): value for value, label in labels(choices, language).items()}
    for value, others in OTHER_WORDS.get(choices, {}).items():
        words |= {folded(word): str(value) for word in listed(others)}
    return words


def value_of(choices: type[TextChoices], text: str) -> str:
    """Return the value that a word names.

    Raises:
        ValidationError: lists the labels that there are, in the active language.
    """
    value = vocabulary(choices).get(folded(text))
    if value is None:
        raise unknown(choices, text)
    return value


def unknown(choices: type[TextChoices], text: str) -> ValidationError:
    known = ", ".join(str(label) for label in choices.labels)
    message = _("“%(text)s” is not one of: %(known)s.")
    return ValidationError(message, code="invalid_choice", params={"text": text.strip()[:50], "known": known})
