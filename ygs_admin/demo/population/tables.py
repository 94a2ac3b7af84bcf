"""Which table each kind of row belongs to."""

from .match_rows import ConsultationRow, FeedbackRow, IntroductionRow, WeekRow
from .rows import (
    AuditRow,
    DocumentRow,
    LedgerRow,
    LifestyleRow,
    PhotoRow,
    PreferenceRow,
    ProfileRow,
    SubscriptionRow,
    UserRow,
)

Row = (
    UserRow
    | ProfileRow
    | LifestyleRow
    | PreferenceRow
    | PhotoRow
    | DocumentRow
    | SubscriptionRow
    | LedgerRow
    | AuditRow
    | WeekRow
    | IntroductionRow
    | FeedbackRow
    | ConsultationRow
)

# Parents come before the tables that point at them.
TABLES: dict[type[Row], str] = {
    WeekRow: "match_weeks",
    UserRow: "users",
    ProfileRow: "user_profiles",
    LifestyleRow: "user_lifestyles",
    PreferenceRow: "user_preferences",
    PhotoRow: "user_photos",
    DocumentRow: "user_documents",
    SubscriptionRow: "user_subscriptions",
    LedgerRow: "console_introduction_ledger",
    AuditRow: "user_access_audits",
    IntroductionRow: "match_histories",
    FeedbackRow: "match_feedbacks",
    ConsultationRow: "consult_schedules",
}
