"""How contact details and names are shown to eyes that need not know them."""

import re

ELLIPSIS = "***"


def mask_phone(phone: str | None) -> str:
    """`01012345678` → `010-****-5678`; shorter numbers keep their last four digits."""
    digits = re.sub(r"\D", "", phone or "")
    if not digits:
        return ""
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


MASKS = {
    "phone": mask_phone,
    "email": mask_email,
    "kakao_id": mask_handle,
    "firebase_id": mask_handle,
    "name": mask_name,
}


def masked(field: str, value: object) -> object:
    """Return the value as the access record may keep it: contact details masked, anything else as it is."""
    mask = MASKS.get(field)
    return mask(str(value)) if mask and value is not None else value
