"""The words by which staff sum feedback up. Stored as they are written here, which is how the service writes them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedbackTag(models.TextChoices):
    EASY_TALK = "대화가 잘 통함", _("Easy to talk to")
    CONSIDERATE = "배려심", _("Considerate")
    FIRST_IMPRESSION = "첫인상 좋음", _("Good first impression")
    HUMOUR = "유머", _("Sense of humour")
    PUNCTUAL = "시간 약속 잘 지킴", _("Punctual")
    LIKE_MINDED = "가치관 비슷함", _("Similar values")
    SHARED_HOBBIES = "취미 비슷함", _("Similar hobbies")
    SILENT = "대화 단절", _("Little to say")
    LATE = "지각", _("Came late")
    INDIFFERENT = "무성의", _("Indifferent")
    UNLIKE_PROFILE = "프로필과 다름", _("Not as in the profile")
    OTHER_MINDED = "가치관 차이", _("Different values")
    FAR_AWAY = "거리 부담", _("Lives far away")
