"""The access record: who looked at or changed whom, when, from where, why. Append only, also in the database."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NoReturn, Self, cast

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.masking import masked
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField, is_id
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.models import SharedModel
from ygs_admin.db.querysets import SharedQuerySet
from ygs_admin.db.routing import is_read_only
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff
from ygs_admin.web.origin import current_origin
from ygs_admin.web.showing import note_recorded, note_shown

from .access_spool import spool
from .written_once import AppendOnlyError

SYSTEM = "system"

Changes = Mapping[str, tuple[Any, Any]]


class Action(models.TextChoices):
    VIEW = "view", _("Viewed")
    SEARCH = "search", _("Searched")
    REVEAL = "reveal", _("Revealed contact details")
    DOWNLOAD = "download", _("Downloaded")
    EXPORT = "export", _("Exported")
    PRINT = "print", _("Printed")
    CREATE = "create", _("Created")
    UPDATE = "update", _("Changed")
    APPROVE = "approve", _("Approved")
    REJECT = "reject", _("Rejected")
    DELETE = "delete", _("Deleted")
    RESTORE = "restore", _("Restored")
    PURGE = "purge", _("Destroyed")
    MATCH = "match", _("Matched")
    LOGIN = "login", _("Signed in")
    LOGIN_FAILED = "login_failed", _("Failed to sign in")
    LOGOUT = "logout", _("Signed out")
    PERMISSION_CHANGE = "permission_change", _("Changed permissions")
    INSPECT = "inspect", _("Inspected the record")


TAKEN_OUT = (Action.EXPORT, Action.DOWNLOAD, Action.PRINT)
"""What leaves the console: the inspection verifies the reason of each."""


class AccessQuerySet(SharedQuerySet["UserAccessAudit"]):
    def about(self, user_id: str) -> Self:
        """Return the rows whose data subject is this member, newest first."""
        return self.filter(user_id=user_id).order_by("-created_at", "-id")

    def that_showed(self, user_id: str) -> Self:
        """Narrow to the rows about this member, those of pages and files that showed the member among others too."""
        return self.filter(pk__in=RawSQL("SELECT console_audits_about(%s)", [user_id]))

    def gathered(self, at_most: int) -> Self:
        """Return these rows, none narrowed further, to be ordered by whatever; the caller knows that they are few.

        See `MemberSearchQuerySet.gathered`.
        """
        few: Any = self.model._default_manager.filter(pk__in=self.order_by().values("pk")[:at_most])
        return cast(Self, few)

    def bulk_create(self, objs: Iterable["UserAccessAudit"], *args: Any, **kwargs: Any) -> list["UserAccessAudit"]:
        rows = list(objs)
        created = spool(rows) if is_read_only() else super().bulk_create(rows, *args, **kwargs)
        for row in created:
            note_recorded(row.subjects)
        return created

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError


class UserAccessAudit(SharedModel):
    """One row for each data subject; a page or file that showed many names them all in `detail["user_ids"]`."""

    # Nobody's next page depends on an audit row: writing one does not keep a browser off the replica.
    is_read_after_write: ClassVar[bool] = False
    # Rows leave the table when their time is over (`users/audit/retention.py`).
    is_destroyed_when_due: ClassVar[bool] = True

    id = PrefixedULIDField(_("ID"), prefix="aud", primary_key=True)
    actor_id = VarcharField(_("actor"))
    actor_name = VarcharField(_("actor's name"), null=True, blank=True)
    action = EnumField(_("action"), choices=Action.choices)
    user_id = VarcharField(_("member"), null=True, blank=True)
    resource_type = VarcharField(_("resource type"), null=True, blank=True)
    resource_id = VarcharField(_("resource"), null=True, blank=True)
    reason = VarcharField(_("reason"), null=True, blank=True)
    ip_address = VarcharField(_("address"), null=True, blank=True)
    user_agent = VarcharField(_("browser"), null=True, blank=True)
    request_id = VarcharField(_("request"), null=True, blank=True)
    detail = models.JSONField(_("detail"), null=True, blank=True)
    created_at = UTCDateTimeField(_("time"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = AccessQuerySet.as_manager()

    class Meta:
        db_table = "user_access_audits"
        base_manager_name = "objects"
        verbose_name = _("access record")
        verbose_name_plural = _("access records")
        ordering = ("-created_at", "-id")
        indexes = (
            BackendIndex(fields=["actor_id"], name="ix_user_access_audits_actor_id"),
            BackendIndex(fields=["action"], name="ix_user_access_audits_action"),
            BackendIndex(fields=["user_id"], name="ix_user_access_audits_user_id"),
            BackendIndex(fields=["created_at"], name="ix_user_access_audits_created_at"),
        )
        permissions = (
            ("inspect_useraccessaudit", _("Can sign off inspections of the access record")),
            ("export_useraccessaudit", _("Can export the access record")),
        )

    def __str__(self) -> str:
        if self.user_id:
            note_shown(self.user_id)
        return f"{self.action} {self.user_id or ''}".strip()

    @property
    def is_by_staff(self) -> bool:
        """Tell whether an account of the console did it; the backend and the system have none."""
        return is_id("stf", self.actor_id)

    @property
    def subjects(self) -> list[str]:
        """Return the ids of the members whom the row names: its own subject, and those whom a page or file showed."""
        shown = self.detail.get("user_ids") if isinstance(self.detail, dict) else None
        named = [key for key in shown if isinstance(key, str)] if isinstance(shown, list) else []
        return [self.user_id, *named] if self.user_id else named

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        if is_read_only():
            spool([self])
        else:
            super().save(*args, **kwargs)
        note_recorded(self.subjects)

    @classmethod
    def about(cls, action: str, *, by: Staff | None, **what: Any) -> Self:
        """Return an unsaved row by this actor (None: the system) that carries the current request's origin."""
        origin = current_origin()
        return cls(
            action=action,
            actor_id=by.pk if by else SYSTEM,
            actor_name=by.name if by else None,
            ip_address=origin.ip_address,
            user_agent=origin.user_agent,
            request_id=origin.request_id,
            **{field: _storable(value) for field, value in what.items()},
        )

    @classmethod
    def record(cls, action: str, *, by: Staff | None, **what: Any) -> Self:
        """Write one row. Inside a transaction it stands and falls with the change that it speaks of.

        `what` names `user_id`, `resource_type`, `resource_id`, `reason`, `detail` as far as they apply.
        """
        row = cls.about(action, by=by, **what)
        row.save()
        return row

    @classmethod
    def record_each(cls, action: str, user_ids: Iterable[str], *, by: Staff | None, **what: Any) -> None:
        """Write one row for each data subject, in few statements."""
        rows = [cls.about(action, by=by, user_id=user_id, **what) for user_id in user_ids]
        cls.objects.bulk_create(rows, batch_size=1000)

    @classmethod
    def record_page(cls, action: str, user_ids: Iterable[str], *, by: Staff | None, **detail: Any) -> Self:
        """Write one row for a page or file, naming everybody whom it showed."""
        return cls.record(action, by=by, detail={**detail, "user_ids": list(user_ids)})


def _storable(value: Any) -> Any:
    """Show where a NUL was typed: PostgreSQL keeps none, and what was asked is recorded whatever it was."""
    match value:
        case str():
            return value.replace("\x00", "\ufffd")
        case dict():
            return {key: _storable(inner) for key, inner in value.items()}
        case list():
            return [_storable(inner) for inner in value]
    return value


def masked_changes(changes: Changes) -> dict[str, list[Any]]:
    """Return field → [before, after] as the record keeps it, contact details masked."""
    return {field: [_plain(masked(field, old)), _plain(masked(field, new))] for field, (old, new) in changes.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
