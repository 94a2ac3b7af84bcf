"""What was settled when a subscription was canceled, and when that was taken back. Append only."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.subscriptions.refunds import Fault
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff

from .written_once import WrittenOnce


class SubscriptionSettlement(WrittenOnce):
    """A refund in won, negative where a cancellation was taken back: the sum over a subscription is what was paid out.

    Kept apart from the access record, which is destroyed earlier than accounts may be (five years, Act on the Consumer
    Protection in Electronic Commerce, Enforcement Decree art. 6).
    """

    id = PrefixedULIDField(_("ID"), prefix="stl", primary_key=True)
    subscription = models.ForeignKey(
        "users.UserSubscription",
        models.DO_NOTHING,
        verbose_name=_("subscription"),
        related_name="settlements",
        db_constraint=False,
        db_index=False,
    )
    canceled_at = UTCDateTimeField(_("canceled"))
    fault = EnumField(_("at fault"), choices=Fault.choices)
    computed_krw = models.IntegerField(_("computed (₩)"), null=True)
    settled_krw = models.IntegerField(_("settled (₩)"))
    actor_id = VarcharField(_("actor"), null=True)
    actor_name = VarcharField(_("actor's name"), null=True)
    reason = VarcharField(_("reason"), null=True)
    created_at = UTCDateTimeField(_("time"), default=timezone.now, editable=False)

    class Meta:
        db_table = "console_subscription_settlements"
        default_permissions = ()
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        indexes = (models.Index(fields=["subscription", "created_at"], name="console_settlements_newest"),)

    def __str__(self) -> str:
        return f"{self.settled_krw:+}"

    def taken_back(self, *, by: Staff | None) -> "SubscriptionSettlement":
        """Return the unsaved entry that evens this one out."""
        return SubscriptionSettlement(
            subscription_id=self.subscription_id,
            canceled_at=self.canceled_at,
            fault=self.fault,
            computed_krw=None,
            settled_krw=-self.settled_krw,
            actor_id=by.pk if by else None,
            actor_name=by.name if by else None,
        )
