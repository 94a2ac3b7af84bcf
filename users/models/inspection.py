"""The monthly inspection of the access record: what was said of each finding, and who signed the month off.

개인정보의 안전성 확보조치 기준 art. 8 (2): the record is inspected at least once a month, and where data was downloaded
the reason is verified. Append only, also in the database: a month that was signed off stays as it was signed.
"""

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from users.inspection.finding import Finding
from users.inspection.month import Month
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.models import ConsoleModel
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff

from .access import Action, UserAccessAudit
from .status import VerbRefusedError
from .written_once import WrittenOnce


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    def of_month(self, month: Month) -> dict[str, "Explanation"]:
        """Return what stands of each finding, by its key: the latest that was said, unless it was taken back."""
        said = self.filter(month=str(month)).order_by("id")
        return {row.finding: row for row in {row.finding: row for row in said}.values() if row.note}


class Explanation(WrittenOnce, ConsoleModel):
    """Why one finding of a month is in order. The latest one counts; an empty one takes back what was said before."""

    id = PrefixedULIDField(gettext_lazy("ID"), prefix="exp", primary_key=True)
    month = VarcharField(gettext_lazy("month"))
    finding = VarcharField(gettext_lazy("finding"))
    note = VarcharField(gettext_lazy("note"), blank=True)
    actor_id = VarcharField(gettext_lazy("actor"))
    actor_name = VarcharField(gettext_lazy("actor's name"))
    created_at = UTCDateTimeField(gettext_lazy("time"), default=timezone.now, editable=False)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        db_table = "console_inspection_explanations"
        default_permissions = ()
        verbose_name = gettext_lazy("explanation of a finding")
        verbose_name_plural = gettext_lazy("explanations of findings")
        indexes = (models.Index(fields=["month", "finding", "id"], name="console_explanations_latest"),)

    def __str__(self) -> str:
        return f"{self.month} {self.finding}"

    @classmethod
    def give(cls, month: Month, finding: Finding, note: str, *, by: Staff) -> bool:
        """Say why a finding is in order; an empty note takes that back. False where that is what stands already.

        Raises:
            VerbRefusedError: the month is signed off, or the finding is about the person who would explain it.
        """
        with transaction.atomic():
            Inspection.refuse_signed(month)
            if finding.actor_id == by.pk:
                raise VerbRefusedError(_("This finding is about you: somebody else has to explain it."))
            standing = cls.objects.of_month(month).get(finding.key)
            if (standing.note if standing else "") == note:
                return False
            cls(month=str(month), finding=finding.key, note=note, actor_id=by.pk, actor_name=by.name).save()
            detail = {"month": str(month), "finding": finding.key, "is_explained": bool(note)}
            UserAccessAudit.record(
                Action.INSPECT, by=by, resource_type=cls._meta.db_table, reason=note or None, detail=detail
            )
            return True


class Inspection(WrittenOnce, ConsoleModel):
    """A month that was signed off: how many rows there were, what was found, what was said of it, by whom, when."""

    id = PrefixedULIDField(gettext_lazy("ID"), prefix="ins", primary_key=True)
    month = VarcharField(gettext_lazy("month"), unique=True)
    rows = models.IntegerField(gettext_lazy("rows of the record"))
    findings = models.JSONField(gettext_lazy("findings"))
    note = VarcharField(gettext_lazy("note"), blank=True)
    actor_id = VarcharField(gettext_lazy("actor"))
    actor_name = VarcharField(gettext_lazy("actor's name"))
    created_at = UTCDateTimeField(gettext_lazy("time"), default=timezone.now, editable=False)

    class Meta:
        db_table = "console_inspections"
        default_permissions = ()
        verbose_name = gettext_lazy("inspection")
        verbose_name_plural = gettext_lazy("inspections")

    def __str__(self) -> str:
        return str(self.month)

    @classmethod
    def refuse_signed(cls, month: Month) -> None:
        if cls.objects.filter(month=str(month)).exists():
            raise VerbRefusedError(_("This month is signed off; what was said stays as it is."))

    @classmethod
    def sign_off(cls, month: Month, rows: int, findings: list[Finding], note: str, *, by: Staff) -> bool:
        """Put the name of `by` under a month and what was found in it; False where it is signed off already.

        Raises:
            VerbRefusedError: the month is not over, `by` is found in it, or a finding is not explained yet.
        """
        refuse_inspecting(month, findings, by=by)
        with transaction.atomic():
            if cls.objects.filter(month=str(month)).exists():
                return False
            explained = Explanation.objects.of_month(month)
            missing = sum(finding.key not in explained for finding in findings)
            if missing:
                raise VerbRefusedError(_("Findings without an explanation: %(count)s.") % {"count": missing})
            kept = [finding.kept(explained[finding.key].note) for finding in findings]
            row = cls(month=str(month), rows=rows, findings=kept, note=note, actor_id=by.pk, actor_name=by.name)
            if not row.insert():
                return False
            UserAccessAudit.record(
                Action.INSPECT,
                by=by,
                resource_type=cls._meta.db_table,
                resource_id=row.pk,
                reason=note or None,
                detail={"month": str(month), "rows": rows, "findings": len(findings)},
            )
            return True

    def insert(self) -> bool:
        """Insert; False where somebody else has signed the month off at the same moment."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            return False
        return True


def refuse_inspecting(month: Month, findings: list[Finding], *, by: Staff) -> None:
    """Refuse whoever may not sign this month off, and anybody while it goes on.

    Raises:
        VerbRefusedError: why.
    """
    if not month.is_over():
        raise VerbRefusedError(_("The month is not over yet: it is signed off afterwards."))
    if any(finding.actor_id == by.pk for finding in findings):
        raise VerbRefusedError(_("You are among the findings of this month: somebody else has to sign it off."))
