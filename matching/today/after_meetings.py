"""What is due after meetings: feedback that nobody has given yet, incidents that nobody has decided about."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from matching.feedback.due import feedback_due
from matching.models import MatchFeedback
from users.today.card import Card, Figure, counted, overdue
from ygs_admin.staff.models import Staff


def _feedback(staff: Staff) -> Figure:
    now = timezone.now()
    due = feedback_due(now)
    late = overdue(due.filter(met_at__lte=now - timedelta(days=settings.FEEDBACK_OVERDUE_DAYS)))
    return Figure(counted(due), late, reverse("matching:feedback_due"), is_late=bool(late))


def _incidents(staff: Staff) -> Figure:
    return Figure(counted(MatchFeedback.objects.undecided()), url=reverse("matching:incidents"))


FEEDBACK = Card("feedback", gettext_lazy("Feedback due"), "matching.view_matchfeedback", _feedback)
INCIDENTS = Card("incidents", gettext_lazy("Incidents undecided"), "matching.decide_incident", _incidents)
