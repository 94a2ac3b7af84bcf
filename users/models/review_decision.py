"""A reviewer's decision while it can still be undone, and how it becomes final.

A decision waits for some seconds in a table of the console's own; nothing of it stands in the shared tables. Then it is
applied: the verb of the document or the member, and what became of it, in one transaction. So it is applied once or not
yet, whenever a process is killed.
"""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Ceil, Extract, Now
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.staff.models import Staff
from ygs_admin.web.origin import Origin, originating

from .document import UserDocument
from .status import VerbRefusedError
from .user import User

# How long what became of a decision is kept for its reviewer; for good it stands in the access record.
KEPT = timedelta(days=7)


class ReviewVerb(models.TextChoices):
    APPROVE = "approve", _("Approved")
    REJECT = "reject", _("Rejected")


class Outcome(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    APPLIED = "applied", _("Final")
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("Not applied")


class ReviewDecisionQuerySet(models.QuerySet["ReviewDecision"]):
    def waiting(self) -> Self:
        """Return the decisions that are not final yet."""
        return self.filter(outcome=Outcome.WAITING)

    def due(self) -> Self:
        """Return those whose time for undoing is over, the oldest first."""
        return self.waiting().filter(final_at__lte=Now()).order_by("final_at", "id")

    def undoable(self, staff: Staff) -> list["ReviewDecision"]:
        """Return what this reviewer can still take back, the latest first; each with `seconds_left`."""
        left = Extract(F("final_at") - Now(), "epoch")
        rows = self.waiting().filter(staff=staff).select_related("document").annotate(seconds_left=Ceil(left))
        return list(rows.order_by("-decided_at", "-id"))

    def untold(self, staff: Staff) -> Self:
        """Return the refused ones that their reviewer has not acknowledged yet."""
        return self.filter(staff=staff, outcome=Outcome.REFUSED, told_at=None).order_by("settled_at", "id")

    def settle(self, key: str) -> bool:
        """Apply a decision that is due; False where it is not, or somebody is just at it."""
        with transaction.atomic():
            decision = self.due().select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
            if decision is not None:
                decision.apply()
        return decision is not None

    settle.alters_data = True  # type: ignore[attr-defined]

    def clear_settled(self) -> int:
        """Delete what was settled a while ago; return how many."""
        settled, _of_each = self.filter(settled_at__lt=Now() - KEPT).delete()
        return settled

    clear_settled.alters_data = True  # type: ignore[attr-defined]


class ReviewDecision(models.Model):
    """What a reviewer has decided about a document or, where `document` is null, about a sign-up.

    `row_version` is the version of the document's or the member's row that the reviewer saw. `final_at` is by the
    database's clock, and so is whatever is compared with it. Never read from a replica.
    """

    id = PrefixedULIDField(_("ID"), prefix="dec", primary_key=True)
    member = models.ForeignKey(User, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    document = models.ForeignKey(
        UserDocument, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    staff = models.ForeignKey(Staff, models.PROTECT, db_index=False, related_name="+")
    verb = EnumField(_("decision"), choices=ReviewVerb.choices)
    reject_reason = VarcharField(_("reason"), null=True)
    note = VarcharField(_("note"), default="")
    expires_on = models.DateField(_("valid until"), null=True)
    row_version = models.BigIntegerField()
    language = VarcharField()
    ip_address = VarcharField(null=True)
    user_agent = VarcharField(null=True)
    request_id = VarcharField(null=True)
    decided_at = models.DateTimeField(_("decided"), db_default=Now())
    final_at = models.DateTimeField(_("final"))
    outcome = EnumField(_("outcome"), choices=Outcome.choices, default=Outcome.WAITING)
    settled_at = models.DateTimeField(null=True)
    message = VarcharField(_("message"), default="")
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ReviewDecisionQuerySet.as_manager()

    class Meta:
        db_table = "console_review_decisions"
        default_permissions = ()
        verbose_name = _("decision of a reviewer")
        verbose_name_plural = _("decisions of reviewers")
        constraints = (
            # Of two who decide about one thing, whether in two tabs or with two heads, one is first.
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(outcome=Outcome.WAITING, document__isnull=False),
                name="console_review_decisions_document",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(outcome=Outcome.WAITING, document__isnull=True),
                name="console_review_decisions_sign_up",
            ),
        )
        indexes = (
            # The few that wait, for the sweep.
            models.Index(
                fields=["final_at"], condition=Q(outcome=Outcome.WAITING), name="console_review_decisions_due"
            ),
            # A reviewer's latest.
            models.Index(fields=["staff", "decided_at"], name="console_review_decisions_of"),
        )

    @property
    def what(self) -> str:
        """Return what was decided about, in words that say nothing of the member."""
        return str(self.document.get_document_type_display()) if self.document else gettext("Sign-up")

    def __str__(self) -> str:
        return f"{self.verb} {self.document_id or self.member_id}"

    def apply(self) -> None:
        """Do what was decided, as the reviewer and from where they did it; where that is refused, note why.

        Call it on the locked row. What is refused leaves the document or the sign-up waiting for another decision.
        """
        origin = Origin(self.ip_address, self.user_agent, self.request_id)
        with originating(origin), translation.override(self.language):
            try:
                with transaction.atomic():
                    self._act()
            except VerbRefusedError as refusal:
                self._settle(Outcome.REFUSED, message=str(refusal))
            except RowConflictError:
                self._settle(Outcome.REFUSED, message=gettext("It was changed by somebody else in the meantime."))
            except ObjectDoesNotExist:
                self._settle(Outcome.REFUSED, message=gettext("It is not there any more."))
            else:
                self._settle(Outcome.APPLIED)

    def undo(self) -> bool:
        """Take the decision back; False where that has been done. Nothing of it was written anywhere else.

        Raises:
            VerbRefusedError: it is final.
        """
        with transaction.atomic():
            current = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
            if current.outcome == Outcome.UNDONE:
                return False
            if current.outcome != Outcome.WAITING:
                raise VerbRefusedError(gettext("This decision is final. Decide anew on the member's page."))
            current._settle(Outcome.UNDONE)
        return True

    def _act(self) -> None:
        row: Any = self.member if self.document_id is None else self.document
        if self.verb == ReviewVerb.APPROVE:
            until = {} if self.document_id is None else {"expires_on": self.expires_on}
            row.approve(by=self.staff, version=self.row_version, **until)
        elif self.document_id is None:
            row.reject(by=self.staff, version=self.row_version, reason=self.note)
        else:
            row.reject(by=self.staff, version=self.row_version, reason=self.reject_reason, note=self.note)

    def _settle(self, outcome: str, *, message: str = "") -> None:
        self.outcome, self.message, self.settled_at = outcome, message, Now()
        self.save(update_fields=["outcome", "message", "settled_at"])
