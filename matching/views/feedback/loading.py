"""Loading feedback for its pages."""

from typing import Any

from django.http import Http404

from matching.models import MatchFeedback
from ygs_admin.web.access import StaffRequest


def load_feedback(request: StaffRequest, feedback_id: str) -> MatchFeedback:
    """Return feedback, deleted or not, with its version and its pair; both members are noted as shown.

    Raises:
        Http404: there is none, or its introduction is deleted.
    """
    rows: Any = MatchFeedback.all_objects.with_row_version()
    found: MatchFeedback | None = (
        rows.select_related("match_history__user_a", "match_history__user_b").filter(pk=feedback_id).first()
    )
    if found is None or found.match_history.is_deleted:
        raise Http404
    for member in (found.match_history.user_a, found.match_history.user_b):
        member.note_shown()
    return found
