"""Links in the head of a member's page. Apps further up add theirs (`register`), and the page need not know them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from ygs_admin.staff.models import Staff

from .models import User


@dataclass(frozen=True)
class HeadLink:
    """`url_name` takes the member's id; whoever has all of the permissions is shown the link."""

    label: str | Promise
    url_name: str
    permissions: tuple[str, ...]


LINKS: list[HeadLink] = []


def register(link: HeadLink) -> None:
    LINKS.append(link)


def links_for(staff: Staff, user: User) -> list[dict[str, object]]:
    """Return the links that this person is shown of a live member: label and URL of each."""
    if user.is_deleted:
        return []
    shown = (link for link in LINKS if staff.has_perms(link.permissions))
    return [{"label": link.label, "url": reverse(link.url_name, args=[user.pk])} for link in shown]
