"""What a member states, of that what an item of the review is to be compared with."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from users.models import DocumentType, User, UserLifestyle, UserProfile
from ygs_admin.staff.models import Staff

from .case import Item


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


def facts_to_compare(item: Item, staff: Staff) -> list[Fact]:
    """Return what should stand on the document as well; of profile and lifestyle what this person may see."""
    kind = item.document.document_type if item.document else ""
    stated = _stated(item.user, staff)
    return [stated[name] for name in ("name", "born", "gender", *COMPARED.get(kind, ALL)) if name in stated]


ALL = ("job", "salary", "education", "university", "marital", "district", "height")
COMPARED: dict[str, tuple[str, ...]] = {
    DocumentType.IDENTITY: ("district",),
    DocumentType.EMPLOYMENT: ("job", "salary"),
    DocumentType.GRADUATION: ("education", "university"),
    DocumentType.INCOME: ("salary", "job"),
    DocumentType.MARRIAGE_RELATION: ("marital",),
    DocumentType.BUSINESS_LICENSE: ("job", "salary", "district"),
    DocumentType.PROFESSIONAL_LICENSE: ("job", "education"),
}


def _stated(user: User, staff: Staff) -> dict[str, Fact]:
    stated = {
        "name": Fact(_("Name"), user.shown.name),
        "born": Fact(_("Born"), user.age_label),
        "gender": Fact(_("Gender"), user.get_gender_display()),
    }
    if staff.has_perm("users.view_userprofile"):
        stated |= _of_profile(getattr(user, "profile", None) or UserProfile())
    if staff.has_perm("users.view_userlifestyle"):
        lifestyle: Any = getattr(user, "lifestyle", None) or UserLifestyle()
        stated["marital"] = Fact(_("Marital history"), lifestyle.get_marital_history_display() or "")
    return stated


def _of_profile(profile: Any) -> dict[str, Fact]:
    return {
        "job": Fact(_("Job"), profile.job or ""),
        "salary": Fact(_("Yearly salary"), profile.get_salary_range_display() or ""),
        "education": Fact(_("Education"), profile.get_education_display() or ""),
        "university": Fact(_("University"), profile.university or ""),
        "district": Fact(_("District"), profile.district or ""),
        "height": Fact(_("Height"), f"{profile.height} cm" if profile.height else ""),
    }
