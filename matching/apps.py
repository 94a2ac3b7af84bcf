from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.schema.console import ObjectKind, register_console_object

# What the migrations add beside the backend's tables, for `check_schema` to miss when it is gone.
CONSOLE_OBJECTS = {
    ObjectKind.TABLE: (
        "console_forbidden_pairs",
        "console_left_out_members",
        "console_working_hours",
        "console_days_off",
        "console_consultation_reminders",
        "console_calendar_feeds",
        "console_past_introductions",
    ),
    ObjectKind.INDEX: (
        "console_introductions_trash",
        "console_feedbacks_trash",
        "console_consultations_trash",
        "console_introductions_awaiting",
        "console_introductions_newest",
        "console_forbidden_pairs_once",
        "console_left_out_once",
        "console_feedbacks_incidents",
        "console_introductions_met",
        "console_incident_decisions_position",
        "console_consultations_of",
        "console_consultations_scheduled",
        "console_working_hours_once",
        "console_days_off_once",
        "console_reminders_once",
    ),
    ObjectKind.TRIGGER: (
        "console_consultations_once",
        "console_incident_decisions_append_only",
        "console_incident_decisions_kept",
    ),
    ObjectKind.FUNCTION: ("console_refuse_overlap", "console_keep_with_member"),
}


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        from users import head_links, sections  # noqa: PLC0415 - models are not loaded when this module is
        from users.audit import links  # noqa: PLC0415
        from users.subscriptions import milestones  # noqa: PLC0415

        from . import destruction  # noqa: PLC0415
        from .candidates.link import CANDIDATES  # noqa: PLC0415
        from .milestones import introduction_milestones, past_milestones  # noqa: PLC0415
        from .rounds import publishing, running  # noqa: F401, PLC0415
        from .sections import CONSULTATIONS, INTRODUCTIONS  # noqa: PLC0415
        from .today import add_to_board  # noqa: PLC0415

        sections.register(INTRODUCTIONS)
        sections.register(CONSULTATIONS)
        milestones.register(introduction_milestones)
        links.register("match_histories", "matching:introduction", "matching.view_matchhistory")
        milestones.register(past_milestones)
        destruction.register()
        head_links.register(CANDIDATES)
        add_to_board()
        for kind, names in CONSOLE_OBJECTS.items():
            for name in names:
                register_console_object(kind, name)
