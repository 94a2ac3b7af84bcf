"""What a manager decided about an incident. Append only, also in the database: a decision that is undone stays read.

The decisions go with the member whom they are about, once the member is destroyed (`matching/destruction.py`).
"""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models.written_once import WrittenOnce
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.models import ConsoleModel
from ygs_admin.db.timestamps import UTCDateTimeField


class Decision(models.TextChoices):
    CLEARED = "cleared", _("Nothing further")
    WARNED = "warned", _("Warned")
    SUSPENDED = "suspended", _("Suspended")
    UNFOUNDED = "unfounded", _("Unfounded")
    REOPENED = "reopened", _("Reopened")


DECIDABLE = [(value, label) for value, label in Decision.choices if value != Decision.REOPENED]


class IncidentDecision(WrittenOnce, ConsoleModel):
    """One decision about one feedback that is flagged; the one with the highest `position` stands.

    `user_id` is the member reported: the partner of whoever gave the feedback. The decision outlives the feedback.
    """

    id = PrefixedULIDField(_("ID"), prefix="inc", primary_key=True)
    feedback = models.ForeignKey(
        "matching.MatchFeedback",
        models.DO_NOTHING,
        verbose_name=_("feedback"),
        related_name="decisions",
        db_constraint=False,
        db_index=False,
    )
    position = models.IntegerField(_("position"))
    user_id = VarcharField(_("member reported"))
    decision = EnumField(_("decision"), choices=Decision.choices)
    reason = VarcharField(_("reason"))
    actor_id = VarcharField(_("actor"))
    actor_name = VarcharField(_("actor's name"))
    created_at = UTCDateTimeField(_("time"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        db_table = "console_incident_decisions"
        default_permissions = ()
        verbose_name = _("decision about an incident")
        verbose_name_plural = _("decisions about incidents")
        constraints = (
            # Of two who decide at once, one is first; and the decision that stands is the end of an index.
            models.UniqueConstraint(fields=["feedback", "position"], name="console_incident_decisions_position"),
        )

    def __str__(self) -> str:
        return f"{self.decision} {self.feedback_id}"
