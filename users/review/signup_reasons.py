"""Why a sign-up is turned down: the structured reasons, and for each the sentence that the member is told.

The sentences are Korean whichever language the reviewer works in: members read them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignUpRejectReason(models.TextChoices):
    INCOMPLETE_PROFILE = "incomplete_profile", _("Incomplete profile")
    UNSUITABLE_PHOTOS = "unsuitable_photos", _("Unsuitable photos")
    UNVERIFIED = "unverified", _("Not verified")
    FALSE_STATEMENT = "false_statement", _("False statement")
    DUPLICATE = "duplicate", _("Signed up twice")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    OTHER = "other", _("Other reason")


SENTENCES = {
    SignUpRejectReason.INCOMPLETE_PROFILE: (
        "프로필에 비어 있는 항목이 있어 가입을 승인하지 못했습니다. 프로필을 모두 작성하신 뒤 다시 신청해 주세요."
    ),
    SignUpRejectReason.UNSUITABLE_PHOTOS: (
        "등록하신 사진으로는 본인 확인이 어려워 가입을 승인하지 못했습니다. "
        "얼굴이 잘 보이는 최근 사진으로 바꾸어 주세요."
    ),
    SignUpRejectReason.UNVERIFIED: (
        "필수 서류로 본인을 확인하지 못해 가입을 승인하지 못했습니다. 서류를 다시 제출해 주세요."
    ),
    SignUpRejectReason.FALSE_STATEMENT: (
        "작성하신 내용이 제출하신 서류와 달라 가입을 승인하지 못했습니다. 내용을 확인하신 뒤 다시 신청해 주세요."
    ),
    SignUpRejectReason.DUPLICATE: (
        "이미 가입하신 계정이 있어 새로운 가입을 승인하지 못했습니다. 기존 계정으로 이용해 주세요."
    ),
    SignUpRejectReason.NOT_ELIGIBLE: (
        "서비스의 가입 조건에 해당하지 않아 가입을 승인하지 못했습니다. 자세한 내용은 고객센터로 문의해 주세요."
    ),
    SignUpRejectReason.OTHER: "",
}
