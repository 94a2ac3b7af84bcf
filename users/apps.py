from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.schema.console import ObjectKind, register_console_object

# What the migrations add beside the backend's tables, for `check_schema` to miss when it is gone.
CONSOLE_OBJECTS = {
    ObjectKind.EXTENSION: ("btree_gin",),
    ObjectKind.TABLE: (
        "console_introduction_ledger",
        "console_subscription_settlements",
        "console_saved_views",
        "console_inspections",
        "console_inspection_explanations",
        "console_bulk_plans",
        "console_review_claims",
        "console_review_decisions",
        "console_review_skips",
    ),
    ObjectKind.INDEX: (
        "console_audits_shown",
        "console_audits_of_member",
        "console_audits_of_actor",
        "console_audits_of_action",
        "console_audits_of_resource",
        "console_audits_from_address",
        "console_audits_of_request",
        "console_photos_trash",
        "console_documents_trash",
        "console_documents_waiting",
        "console_documents_lapsing",
        "console_subscriptions_trash",
        "console_ledger_position",
        "console_ledger_occasion",
        "console_settlements_newest",
        "console_explanations_latest",
        "console_review_decisions_document",
        "console_review_decisions_sign_up",
        "console_review_decisions_due",
        "console_review_decisions_of",
        "console_review_skips_once",
    ),
    ObjectKind.TRIGGER: (
        "console_append_only",
        "console_kept_until_due",
        "console_ledger_append_only",
        "console_settlements_append_only",
        "console_inspections_append_only",
        "console_explanations_append_only",
        "console_users_inserted",
        "console_users_updated",
        "console_users_removed",
        "console_profiles_inserted",
        "console_profiles_updated",
    ),
    ObjectKind.FUNCTION: (
        "console_name_key",
        "console_name_grams",
        "console_phone_grams",
        "console_audits_about",
    ),
}


class UsersConfig(AppConfig):
    name = "users"
    verbose_name = _("Members")

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from . import member_export  # noqa: F401, PLC0415
        from .audit import export, job_record, permission_changes, shown, signing_in, spooled  # noqa: F401, PLC0415
        from .bulk.jobs import register_bulk_kinds  # noqa: PLC0415
        from .review import freeing  # noqa: F401, PLC0415

        register_bulk_kinds()
        for kind, names in CONSOLE_OBJECTS.items():
            for name in names:
                register_console_object(kind, name)
