"""What members say after they met."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import User
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumListField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows
from ygs_admin.db.timestamps import UTCDateTimeField

from .feedback_incident import IncidentQuerySet, Reportable
from .feedback_tags import FeedbackTag

WORST, BEST = 1, 5


class MatchFeedback(Reportable):
    """One member's word on one introduction."""

    id = PrefixedULIDField(_("ID"), prefix="mf", primary_key=True)
    match_history = models.ForeignKey(
        "matching.MatchHistory",
        models.DO_NOTHING,
        verbose_name=_("introduction"),
        related_name="feedbacks",
        db_index=False,
    )
    user = models.ForeignKey(
        User, models.DO_NOTHING, verbose_name=_("given by"), related_name="feedbacks", db_index=False
    )
    rating = models.IntegerField(_("rating"), validators=[MinValueValidator(WORST), MaxValueValidator(BEST)])
    wants_to_meet_again = models.BooleanField(_("wants to meet again"), null=True, blank=True)
    tags = EnumListField(_("tags"), enum=FeedbackTag)
    comment = VarcharField(_("comment"), null=True, blank=True)
    is_incident = models.BooleanField(_("incident"), default=False)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = LiveRows.from_queryset(IncidentQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(IncidentQuerySet)()

    class Meta:
        db_table = "match_feedbacks"
        base_manager_name = "all_objects"
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        indexes = (
            BackendIndex(fields=["match_history"], name="ix_match_feedbacks_match_history_id"),
            BackendIndex(fields=["user"], name="ix_match_feedbacks_user_id"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["match_history", "user"], name="uq_match_feedbacks_match_history_id_user_id"
            ),
        )
        permissions = (("decide_incident", _("Can decide about incidents")),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def tag_labels(self) -> list[str]:
        """Return the tags in words, one that the console does not know as it stands."""
        names = dict(FeedbackTag.choices)
        return [str(names.get(tag, tag)) for tag in self.tags or []]
