"""The ledger of introductions: each one granted, used and given back, so that staff can add it up. Append only."""

from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff

from .subscription_terms import HasTerms
from .written_once import AppendOnlyError, WrittenOnce


class LedgerKind(models.TextChoices):
    GRANTED = "granted", _("Granted")
    EXTENDED = "extended", _("Extended")
    PLAN_CHANGED = "plan_changed", _("Plan changed")
    USED = "used", _("Used")
    GIVEN_BACK = "given_back", _("Given back")
    CARRIED = "carried", _("Carried over")
    CORRECTED = "corrected", _("Changed by the app")


def balance_of(total: int | None, used: int) -> int:
    """Return what the entries of a ledger add up to: what is left; without a limit, minus what was used."""
    return (total or 0) - used


class LedgerQuerySet(models.QuerySet["IntroductionLedger"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class IntroductionLedger(WrittenOnce):
    """One change of what is left of a subscription's introductions, with the row's two numbers after it.

    `position` counts a subscription's entries from 1: an order that no clock decides. It is always read from the
    primary, together with the subscription: a stale side would look like a change by the app. `occasion` counts from 1
    how often the same introduction was used, or given back: one that was canceled and reopened is used a second time.
    """

    id = PrefixedULIDField(_("ID"), prefix="led", primary_key=True)
    subscription = models.ForeignKey(
        "users.UserSubscription",
        models.DO_NOTHING,
        verbose_name=_("subscription"),
        related_name="ledger",
        db_constraint=False,
        db_index=False,
    )
    position = models.IntegerField(_("position"))
    kind = EnumField(_("kind"), choices=LedgerKind.choices)
    delta = models.IntegerField(_("difference"))
    total_after = models.IntegerField(_("introductions"), null=True)
    used_after = models.IntegerField(_("introductions used"))
    match_history_id = VarcharField(_("introduction"), null=True)
    occasion = models.IntegerField(_("occasion"), default=1, db_default=1)
    actor_id = VarcharField(_("actor"), null=True)
    actor_name = VarcharField(_("actor's name"), null=True)
    reason = VarcharField(_("reason"), null=True)
    created_at = UTCDateTimeField(_("time"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = LedgerQuerySet.as_manager()

    class Meta:
        db_table = "console_introduction_ledger"
        default_permissions = ()
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("ledger of introductions")
        constraints = (
            models.UniqueConstraint(fields=["subscription", "position"], name="console_ledger_position"),
            # An introduction is used once and given back once an occasion, however often the round is published.
            models.UniqueConstraint(
                fields=["subscription", "match_history_id", "kind", "occasion"],
                condition=Q(match_history_id__isnull=False),
                name="console_ledger_occasion",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.delta:+}"

    @property
    def balance(self) -> int:
        return balance_of(self.total_after, self.used_after)


@dataclass(frozen=True)
class Unrecorded:
    """The difference between a ledger's last balance and the subscription, which another program has written.

    Shown as a line of its own, and entered before the next entry.
    """

    kind: LedgerKind
    delta: int
    total_after: int | None
    used_after: int

    @property
    def balance(self) -> int:
        return balance_of(self.total_after, self.used_after)


class LedgerSubscriptionQuerySet(models.QuerySet):
    def with_ledger(self) -> Self:
        """Read the last entry's numbers in the same statement, hence as of the same moment as the row."""
        last = IntroductionLedger.objects.filter(subscription=OuterRef("pk")).order_by("-position")
        return self.annotate(
            **{f"ledger_{name}": Subquery(last.values(name)[:1]) for name in ("position", "total_after", "used_after")}
        )


class KeepsLedger(HasTerms):
    """A subscription with a ledger of its introductions."""

    ledger_position: int | None
    ledger_total_after: int | None
    ledger_used_after: int | None

    class Meta:
        abstract = True

    def unrecorded(self) -> Unrecorded | None:
        """Return what the ledger does not tell of, None where it adds up. The row is read `with_ledger()`."""
        now = (self.introductions_total, self.introductions_used)
        if self.ledger_position is None:
            return Unrecorded(LedgerKind.CARRIED, balance_of(*now), *now)
        known = (self.ledger_total_after, self.ledger_used_after or 0)
        if known == now:
            return None
        return Unrecorded(LedgerKind.CORRECTED, balance_of(*now) - balance_of(*known), *now)

    def catch_up_ledger(self) -> None:
        """Enter what another program has changed. Call it on the locked row, before changing a number."""
        rows: Any = type(self).all_objects
        row = rows.with_ledger().get(pk=self.pk)
        difference = row.unrecorded()
        if difference is not None:
            self._append(difference.kind, difference.total_after, difference.used_after, by=None)

    def enter(self, kind: str, *, by: Staff | None, **what: Any) -> None:
        """Enter the row's numbers as they are now; `what` names `reason`, `match_history_id`, `occasion`."""
        self._append(kind, self.introductions_total, self.introductions_used, by=by, **what)

    def _append(self, kind: str, total: int | None, used: int, *, by: Staff | None, **what: Any) -> None:
        last = IntroductionLedger.objects.filter(subscription_id=self.pk).order_by("-position").first()
        IntroductionLedger(
            subscription_id=self.pk,
            position=last.position + 1 if last else 1,
            kind=kind,
            delta=balance_of(total, used) - (last.balance if last else 0),
            total_after=total,
            used_after=used,
            actor_id=by.pk if by else None,
            actor_name=by.name if by else None,
            **{name: value or None for name, value in what.items()},
        ).save()
