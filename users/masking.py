"""The one rule of what of a member is shown to whom.

- A name is read in full by whoever has `users.see_names`; by nobody else, commands and jobs included.
- Contact details are read in full by nobody, until they are revealed for a reason (`users/views/reveal.py`).
"""

import re

from ygs_admin.web.viewer import Viewer, current_viewer

ELLIPSIS = "***"
SEE_NAMES = "users.see_names"


def mask_phone(phone: str | None) -> str:
    """`01012345678` → `010-****-5678`; shorter numbers keep their last four digits, other texts nothing."""
    digits = re.sub(r"\D", "", phone or "")
    if not digits:
        return ELLIPSIS if phone else ""
    return f"{digits[:3]}-****-{digits[-4:]}" if len(digits) > 8 else f"****-{digits[-4:]}"  # noqa: PLR2004


def mask_email(email: str | None) -> str:
    """`kim.cs@naver.com` → `k***@naver.com`; text without `@` keeps its first character."""
    if not email:
        return ""
    local, at, domain = email.partition("@")
    return f"{local[:1]}{ELLIPSIS}{at}{domain}"


def mask_handle(handle: str | None) -> str:
    """`kakao_8213` → `k***`."""
    return f"{handle[:1]}{ELLIPSIS}" if handle else ""


def mask_name(name: str | None) -> str:
    """`김철수` → `김*수`, `김철` → `김*`, `남궁민수` → `남**수`."""
    if not name:
        return ""
    if len(name) <= 2:  # noqa: PLR2004
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


CONTACT_MASKS = {
    "phone": mask_phone,
    "email": mask_email,
    "kakao_id": mask_handle,
    "firebase_id": mask_handle,
}
MASKS = CONTACT_MASKS | {"name": mask_name}


def masked(field: str, value: object) -> object:
    """Return the value as the access record may keep it: name and contact details masked, anything else as it is."""
    mask = MASKS.get(field)
    return mask(str(value)) if mask and value is not None else value


def may_see_names(viewer: Viewer | None) -> bool:
    return viewer is not None and viewer.has_perm(SEE_NAMES)


def shown(field: str, value: str | None, viewer: Viewer | None) -> str:
    """Return a member's value as this person may read it, an empty text for none."""
    if field == "name" and may_see_names(viewer):
        return value or ""
    return str(masked(field, value) or "")


class Shown:
    """A member as whoever reads it now may know them: `{{ member.shown.name }}`, `{{ member.shown.phone }}`."""

    def __init__(self, member: object) -> None:
        self._member = member

    @property
    def name(self) -> str:
        return self._as_shown("name")

    @property
    def phone(self) -> str:
        return self._as_shown("phone")

    @property
    def email(self) -> str:
        return self._as_shown("email")

    @property
    def kakao_id(self) -> str:
        return self._as_shown("kakao_id")

    def _as_shown(self, field: str) -> str:
        return shown(field, getattr(self._member, field), current_viewer())
