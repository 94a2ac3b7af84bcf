"""The kinds of document, and how long each proves what it says."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentType(models.TextChoices):
    IDENTITY = "identity", _("Proof of identity")
    EMPLOYMENT = "employment", _("Proof of employment")
    GRADUATION = "graduation", _("Diploma")
    INCOME = "income", _("Proof of income")
    MARRIAGE_RELATION = "marriage_relation", _("Marriage relation certificate")
    BUSINESS_LICENSE = "business_license", _("Business licence")
    PROFESSIONAL_LICENSE = "professional_license", _("Professional licence")


# Days from the day that stands on the document. What is not listed proves something for good: a degree, a profession.
VALID_DAYS = {
    DocumentType.IDENTITY: 3650,  # Passports and driving licences are renewed every ten years.
    DocumentType.EMPLOYMENT: 365,  # It says where somebody works today; asked for anew each year.
    DocumentType.INCOME: 400,  # The tax office certifies a year in the next one's summer, not always by the same day.
    DocumentType.MARRIAGE_RELATION: 365,  # It says that nobody is married today; asked for anew each year.
    DocumentType.BUSINESS_LICENSE: 730,  # A business that is given up keeps its paper.
}


def usual_expiry(document_type: str, since: date) -> date | None:
    """Return the last day on which a document of that kind is usually taken as proof, None for one that is for good.

    `since` is the day on the document; where nobody has read it yet, the day of the upload comes near.
    """
    days = VALID_DAYS.get(document_type)  # type: ignore[call-overload]
    return since + timedelta(days=days) if days else None
