"""The states of an introduction, the answers of its two sides, and where it came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IntroductionStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    INTRODUCED = "introduced", _("Introduced")
    ACCEPTED = "accepted", _("Both accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Lapsed")
    DATE_FIXED = "date_fixed", _("Date fixed")
    MET = "met", _("Met")
    NO_SHOW = "no_show", _("Did not appear")
    DATING = "dating", _("Dating")
    MARRIED = "married", _("Married")
    ENDED = "ended", _("Ended")
    CANCELED = "canceled", _("Canceled")


class Response(models.TextChoices):
    PENDING = "pending", _("No answer yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    NO_ANSWER = "no_answer", _("Did not answer")


class Source(models.TextChoices):
    ENGINE = "engine", _("Engine")
    MANUAL = "manual", _("By hand")


UNSENT = (IntroductionStatus.PROPOSED, IntroductionStatus.CONFIRMED)
"""A pair of a round that neither of the two knows of yet."""

CLOSED = {
    IntroductionStatus.DECLINED,
    IntroductionStatus.EXPIRED,
    IntroductionStatus.NO_SHOW,
    IntroductionStatus.MARRIED,
    IntroductionStatus.ENDED,
    IntroductionStatus.CANCELED,
}
"""Where the story is over, until the verb that led there is taken back."""
