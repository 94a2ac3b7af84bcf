"""Feedback that reports an incident: until a manager decides, the member reported is introduced to nobody."""

from typing import Any, Self

from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _

from users.models import Action, User
from users.models.status import VerbRefusedError
from ygs_admin.db.soft_delete import SoftDeleteQuerySet
from ygs_admin.staff.models import Staff

from .feedback_giving import Givable
from .incident_decision import Decision, IncidentDecision


class IncidentQuerySet(SoftDeleteQuerySet):
    def incidents(self) -> Self:
        """Return the live feedback that reports an incident, each with the decision that `stands`.

        `console_feedbacks_incidents` serves it.
        """
        decisions = IncidentDecision.objects.filter(feedback=OuterRef("pk")).order_by("-position")
        return self.live().filter(is_incident=True).annotate(stands=Subquery(decisions.values("decision")[:1]))

    def undecided(self) -> Self:
        """Narrow to the incidents that wait for a manager."""
        return self.incidents().filter(Q(stands=None) | Q(stands=Decision.REOPENED))

    def decided(self) -> Self:
        return self.incidents().exclude(Q(stands=None) | Q(stands=Decision.REOPENED))

    def with_reported(self) -> Self:
        """Give each row the id of the member reported, as `reported`."""
        first, second = F("match_history__user_a"), F("match_history__user_b")
        return self.annotate(reported=Case(When(user=first, then=second), default=first))


class Reportable(Givable):
    is_incident: Any
    decisions: Any

    class Meta:
        abstract = True

    def decide(self, decision: str, *, by: Staff, reason: str, version: int | None = None) -> bool:
        """Decide about the incident; False where that is what stands. `suspended` suspends the member reported.

        Raises:
            VerbRefusedError: this reports no incident, another decision stands, or the member can't be suspended.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with transaction.atomic():
            row = self.locked()
            if row.standing == decision:
                return False
            row.expect(version)
            row.refuse_unless_incident()
            if not row.is_undecided:
                raise VerbRefusedError(_("This has been decided otherwise. Reopen it first."))
            row._enter(decision, by=by, reason=reason)
            if decision == Decision.SUSPENDED:
                User.all_objects.get(pk=row.reported_id).suspend(by=by, reason=reason)
        self.refresh_from_db()
        return True

    def reopen(self, *, by: Staff, reason: str, version: int | None = None) -> bool:
        """Have the incident wait for a decision again; False where it does. A suspension stays until it is lifted.

        Raises:
            VerbRefusedError: this reports no incident.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with transaction.atomic():
            row = self.locked()
            if row.is_undecided:
                return False
            row.expect(version)
            row.refuse_unless_incident()
            row._enter(Decision.REOPENED, by=by, reason=reason)
        self.refresh_from_db()
        return True

    @property
    def standing(self) -> str:
        """Return the decision that stands, an empty text where there is none."""
        latest = self.latest_decision()
        return str(latest.decision) if latest else ""

    @property
    def is_undecided(self) -> bool:
        return bool(self.is_incident) and self.standing in {"", Decision.REOPENED}

    def latest_decision(self) -> IncidentDecision | None:
        found: IncidentDecision | None = self.decisions.order_by("-position").first()
        return found

    def refuse_if_undecided(self) -> None:
        if self.is_undecided:
            raise VerbRefusedError(_("This reports an incident that waits for a decision."))

    def refuse_unless_incident(self) -> None:
        if not self.is_incident:
            raise VerbRefusedError(_("This feedback reports no incident."))

    def _enter(self, decision: str, *, by: Staff, reason: str) -> None:
        latest = self.latest_decision()
        IncidentDecision(
            feedback_id=self.pk,
            position=latest.position + 1 if latest else 1,
            user_id=self.reported_id,
            decision=decision,
            reason=reason,
            actor_id=by.pk,
            actor_name=by.name,
        ).save()
        self.touch()
        self.save()
        self.record(Action.UPDATE, by=by, reason=reason, decision=[latest.decision if latest else None, decision])
