"""What each role may do. The groups are made from this table after every `migrate`."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

READ_MEMBERS = (
    "users.view_user",
    "users.see_names",
    "users.view_userprofile",
    "users.view_userlifestyle",
    "users.view_userpreference",
    "users.view_userphoto",
    "users.view_usersubscription",
)
EDIT_MEMBERS = (
    "users.change_user",
    "users.change_userprofile",
    "users.change_userlifestyle",
    "users.change_userpreference",
)
READ_MATCHING = ("matching.view_matchweek", "matching.view_matchhistory", "matching.view_matchfeedback")
READ_CONSULTATIONS = ("matching.view_consultschedule",)

KEEP_PHOTOS = ("users.add_userphoto", "users.change_userphoto", "users.delete_userphoto")
KEEP_DOCUMENTS = (
    "users.view_userdocument",
    "users.add_userdocument",
    "users.change_userdocument",
    "users.delete_userdocument",
    "users.review_userdocument",
)

REVIEWER = (*READ_MEMBERS, *EDIT_MEMBERS, *KEEP_PHOTOS, *KEEP_DOCUMENTS, "users.approve_user")
MATCHMAKER = (
    *READ_MEMBERS,
    *READ_MATCHING,
    *READ_CONSULTATIONS,
    "users.change_userpreference",
    "users.reveal_contact",
    "matching.add_matchweek",
    "matching.change_matchweek",
    "matching.add_matchhistory",
    "matching.change_matchhistory",
    "matching.add_matchfeedback",
    "matching.change_matchfeedback",
    "matching.delete_matchfeedback",
)
CONSULTANT = (
    *READ_MEMBERS,
    *READ_MATCHING,
    *READ_CONSULTATIONS,
    "users.reveal_contact",
    "users.add_usersubscription",
    "users.change_usersubscription",
    "matching.add_consultschedule",
    "matching.change_consultschedule",
    "matching.add_matchfeedback",
)
AUDITOR = (
    "users.view_user",
    "users.view_useraccessaudit",
    "users.inspect_useraccessaudit",
    "users.export_useraccessaudit",
    "staff.view_staff",
)
MANAGER = (
    *REVIEWER,
    *MATCHMAKER,
    *CONSULTANT,
    "users.suspend_user",
    "users.withdraw_user",
    "users.delete_user",
    "users.restore_user",
    "users.export_user",
    "users.export_contacts",
    "users.share_savedview",
    "users.download_userdocument",
    "users.refund_usersubscription",
    "matching.delete_consultschedule",
    "matching.manage_workinghours",
    "matching.decide_incident",
    "users.view_useraccessaudit",
    "staff.view_staff",
    "staff.add_staff",
    "staff.change_staff",
)

ROLES: dict[str, tuple[str, ...]] = {
    "reviewer": REVIEWER,
    "matchmaker": MATCHMAKER,
    "consultant": CONSULTANT,
    "auditor": AUDITOR,
    "manager": MANAGER,
}
ROLE_LABELS = {
    "reviewer": _("Reviewer"),
    "matchmaker": _("Matchmaker"),
    "consultant": _("Consultant"),
    "auditor": _("Auditor"),
    "manager": _("Manager"),
}


class UnknownPermissionError(Exception):
    """The table of roles names a permission that no model declares."""


def sync_roles(**_signal: Any) -> None:
    """Make the groups and give each exactly the permissions of the table. Safe to run again."""
    with transaction.atomic():
        for role, names in ROLES.items():
            group, _created = Group.objects.get_or_create(name=role)
            group.permissions.set(_permissions(set(names)))


def _permissions(names: Iterable[str]) -> list[Permission]:
    wanted = Q()
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    missing = set(names) - {f"{p.content_type.app_label}.{p.codename}" for p in found}
    if missing:
        raise UnknownPermissionError(", ".join(sorted(missing)))
    return found
