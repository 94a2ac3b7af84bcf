"""What can be done to an account. Every verb is idempotent, on the record, and ends the sessions that it concerns."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django_otp import devices_for_user

from ygs_admin.staff.signals import access_changed
from ygs_admin.staff.temporary import new_password

if TYPE_CHECKING:
    from .account import Staff

MANAGING = "manager"
# What the record says of a secret that changed.
SECRET = "***"  # noqa: S105 - says that there is one


class StandingRefusedError(Exception):
    """Why a verb was not done, translated, for the person who pressed it."""


class Standing(models.Model):
    """Verbs of an account; `by` is None for an operator at the terminal, who may do everything."""

    class Meta:
        abstract = True

    @transaction.atomic
    def deactivate(self: Any, *, by: "Staff | None") -> bool:
        """Shut the account out, at once; False when it was already.

        Raises:
            StandingRefusedError: one's own, one that may do more, or the last that manages.
        """
        self._lock_for(by)
        if not self.is_active:
            return False
        self.refuse_last_manager()
        self.is_active = False
        self.save(update_fields=["is_active"])
        self.sessions.end()
        self.tell(by, {"is_active": [True, False]})
        return True

    @transaction.atomic
    def reactivate(self: Any, *, by: "Staff | None") -> bool:
        """Let the account in again; False when it never was shut out. Its second factor is as it was."""
        self._lock_for(by)
        if self.is_active:
            return False
        self.is_active = True
        self.save(update_fields=["is_active"])
        self.tell(by, {"is_active": [False, True]})
        return True

    @transaction.atomic
    def assign(self: Any, roles: Collection[str], *, by: "Staff | None") -> bool:
        """Give the account these roles and no others, and end its sessions; False when it has them.

        Raises:
            StandingRefusedError: as above, or a role that lets do what `by` may not.
        """
        after = sorted(roles)
        if self.role_names() == after:
            return False
        self._lock_for(by)
        before = self.role_names()
        self._refuse_more_than(by, sorted(set(after) - set(before)))
        if MANAGING not in after:
            self.refuse_last_manager()
        self.groups.set(Group.objects.filter(name__in=after))
        self.sessions.end()
        self.tell(by, {"groups": [before, after]})
        return True

    @transaction.atomic
    def rename(self: Any, name: str, *, by: "Staff | None") -> bool:
        """Change the name that colleagues and the record see; False when it is that already."""
        before = self.name
        if before == name:
            return False
        self._lock_for(by)
        self.name = name
        self.save(update_fields=["name"])
        self.tell(by, {"name": [before, name]})
        return True

    @transaction.atomic
    def reset_second_factor(self: Any, *, by: "Staff | None") -> bool:
        """Forget every device and recovery code: a new one is set up at the next sign-in. False when there was none."""
        self._lock_for(by)
        devices = list(devices_for_user(self, confirmed=None))
        for device in devices:
            device.delete()
        self.sessions.end()
        if devices:
            self.tell(by, {"second_factor": [SECRET, None]})
        return bool(devices)

    @transaction.atomic
    def set_temporary_password(self: Any, *, by: "Staff | None") -> str:
        """Return a password that has to be changed after the first sign-in. Nobody can have it shown again."""
        self._lock_for(by)
        password = new_password()
        self.set_password(password)
        self.must_change_password = True
        self.save(update_fields=["password", "must_change_password"])
        self.sessions.end()
        self.tell(by, {"password": [None, SECRET]})
        return password

    @transaction.atomic
    def change_password(self: Any, password: str, *, keep_session: str | None) -> None:
        """Set the person's own new password, and end the sessions elsewhere."""
        self.set_password(password)
        self.must_change_password = False
        self.save(update_fields=["password", "must_change_password"])
        self.sessions.end(but=keep_session)
        self.tell(self, {"password": [None, SECRET]})

    def end_sessions(self: Any, *, by: "Staff") -> bool:
        """End the account's sessions at once; False where it has none.

        Raises:
            StandingRefusedError: the account is one's own, or may do more than one may.
        """
        with transaction.atomic():
            self._lock_for(by)
            ended = int(self.sessions.end())
            if ended:
                self.tell(by, {"sessions": [ended, 0]})
        return ended > 0

    def tell(self, by: "Staff | None", changes: dict[str, list[Any]]) -> None:
        access_changed.send(sender=type(self), row=self, by=by, changes=changes)

    def role_names(self: Any) -> list[str]:
        return sorted(self.groups.values_list("name", flat=True))

    def outranks(self: Any, other: "Staff") -> bool:
        """Tell whether this account may do something that the other may not."""
        if self.is_superuser:
            return not other.is_superuser
        held = Permission.objects.filter(models.Q(group__user=self) | models.Q(user=self))
        return not other.has_perms(_names_of(held))

    def refuse_last_manager(self: Any) -> None:
        """Refuse what would leave nobody who may change accounts. The caller holds the lock of `_lock_for`."""
        managing = models.Q(is_superuser=True) | models.Q(groups__name=MANAGING)
        others = type(self).objects.filter(managing, is_active=True).exclude(pk=self.pk)
        is_managing = self.is_superuser or MANAGING in self.role_names()
        if is_managing and not others.exists():
            raise StandingRefusedError(_("This is the last account that can manage the others."))

    def _lock_for(self: Any, by: "Staff | None") -> None:
        """Change accounts one after the other: two managers who shut each other out would leave none."""
        list(Group.objects.select_for_update().filter(name=MANAGING))
        self.refresh_from_db()
        if by is None:
            return
        if by.pk == self.pk:
            raise StandingRefusedError(_("Nobody changes their own account here. Ask another manager."))
        if self.outranks(by):
            raise StandingRefusedError(_("This account may do more than yours. Ask somebody who may do as much."))

    def _refuse_more_than(self, by: "Staff | None", roles: Sequence[str]) -> None:
        if by is not None and not by.has_perms(_names_of(Permission.objects.filter(group__name__in=roles))):
            raise StandingRefusedError(_("You can only give roles that allow no more than your own."))


def grantable_roles(staff: "Staff") -> list[str]:
    """Return the names of the roles that this person may give: those that allow no more than the person may do."""
    groups = Group.objects.prefetch_related("permissions__content_type").order_by("name")
    allowed: dict[str, list[str]] = {
        group.name: [f"{each.content_type.app_label}.{each.codename}" for each in group.permissions.all()]
        for group in groups
    }
    return [name for name, permissions in allowed.items() if staff.has_perms(permissions)]


def _names_of(permissions: Any) -> list[str]:
    named = permissions.values_list("content_type__app_label", "codename").distinct()
    return [f"{app}.{codename}" for app, codename in named]
