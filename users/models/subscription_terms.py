"""A subscription's columns, and the one way in which verbs change them: locked, versioned, recorded."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Self, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.plans import Terms
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff

from .access import Action, UserAccessAudit, masked_changes
from .deletion import Deletable
from .status import VerbRefusedError
from .user import User

DAY = timedelta(days=1)


class Plan(models.TextChoices):
    TRIAL = "trial", _("Trial")
    BASIC = "basic", _("Basic")
    STANDARD = "standard", _("Standard")
    PREMIUM = "premium", _("Premium")


class SubscriptionStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    EXPIRED = "expired", _("Expired")
    CANCELED = "canceled", _("Canceled")


RUNNING = {SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED}


class HasTerms(Deletable):
    """A row whose terms change by verbs.

    Every verb decides on the row as the primary holds it now, locked, returns False where what it does is done
    already, and writes its rows of the access record and of the ledger in the same transaction. `version` is the
    `row_version` that the person's page showed: another one is a `RowConflictError`, and nothing is written.
    """

    id = PrefixedULIDField(_("ID"), prefix="sub", primary_key=True)
    user = models.OneToOneField(User, models.DO_NOTHING, verbose_name=_("member"))
    plan = EnumField(_("plan"), choices=Plan.choices)
    status = EnumField(_("status"), choices=SubscriptionStatus.choices)
    starts_at = UTCDateTimeField(_("starts"))
    expires_at = UTCDateTimeField(_("ends"), null=True, blank=True)
    introductions_total = models.IntegerField(
        _("introductions"), null=True, blank=True, help_text=_("Empty: unlimited within the period.")
    )
    introductions_used = models.IntegerField(_("introductions used"), default=0)
    price_krw = models.IntegerField(_("price (₩)"), null=True, blank=True)
    auto_renew = models.BooleanField(_("renews itself"), default=False)
    paused_at = UTCDateTimeField(_("paused"), null=True, blank=True)
    canceled_at = UTCDateTimeField(_("canceled"), null=True, blank=True)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def introductions_left(self) -> int | None:
        """Return what is left of the introductions, None for no limit."""
        if self.introductions_total is None:
            return None
        return max(0, self.introductions_total - self.introductions_used)

    @property
    def days_left(self) -> int | None:
        """Return how many days of the period are left, a begun one included; None where it never ends.

        Time stands still while the subscription is paused.
        """
        if self.expires_at is None:
            return None
        left = self.expires_at - (self._stopped_at() or timezone.now())
        return max(0, int(-(-left // DAY)))

    def lacks_time_at(self, moment: datetime) -> bool:
        """Tell whether the period is over then."""
        return self.expires_at is not None and self.expires_at <= moment

    def take_terms(self, terms: Terms) -> None:
        """Take over plan, count and price; the period is the verb's to say."""
        self.plan, self.introductions_total, self.price_krw = terms.plan, terms.introductions_total, terms.price_krw

    @contextmanager
    def changing(self, *, by: Staff | None, reason: str = "", **detail: Any) -> Iterator[Self]:
        """Give the block this row, locked; save and record what the block changed, nothing where it changed nothing.

        `detail` goes into the access record beside the changed fields.
        """
        with transaction.atomic():
            row = self._locked()
            yield row
            row.save_recorded(Action.UPDATE, by=by, reason=reason, **detail)
        self.refresh_from_db()

    def save_recorded(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Save what changed with its row of the access record. Call it inside a transaction."""
        changes = {
            field.attname: (self.stored_values.get(field.attname), getattr(self, field.attname))
            for field in self.changed_fields()
        }
        if not changes:
            return
        self.save()
        UserAccessAudit.record(
            action,
            by=by,
            user_id=self.user_id,
            resource_type=self._meta.db_table,
            resource_id=self.pk,
            reason=reason or None,
            detail=masked_changes(changes) | detail,
        )

    def expect(self, version: int | None) -> None:
        """Raise `RowConflictError` where this row is not the one that the person's page showed."""
        if version is not None and version != self.row_version:
            raise RowConflictError(self)

    def refuse_unless_in(self, statuses: Collection[str]) -> None:
        if self.status not in statuses:
            message = _("This can't be done while the subscription's status is “%(status)s”.")
            raise VerbRefusedError(message % {"status": self.get_status_display()})

    def _locked(self) -> Self:
        rows = type(self).all_objects.with_row_version().select_for_update(of=("self",))
        row = cast(Self, rows.get(pk=self.pk))
        if row.is_deleted:
            raise VerbRefusedError(_("This subscription is deleted. Restore it first."))
        return row

    def _stopped_at(self) -> datetime | None:
        is_stopped = self.status in {SubscriptionStatus.PAUSED, SubscriptionStatus.CANCELED}
        return (self.paused_at or self.canceled_at) if is_stopped else None
