"""What members say after they met."""

from django.contrib import admin

from matching.models import MatchFeedback

from .recording import MatchingAdmin


@admin.register(MatchFeedback)
class MatchFeedbackAdmin(MatchingAdmin):
    id_columns = {"mh": "match_history_id"}  # noqa: RUF012 - declared by the base class
    fields = ("match_history", "user", "rating", "wants_to_meet_again", "tags", "comment", "is_incident")
    list_display = ("id", "match_history", "user", "rating", "wants_to_meet_again", "is_incident", "created_at")
