"""Rows of the shared tables and of the ledger.

Field names are column names; times are naive UTC; lists and mappings are jsonb.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

Json = dict[str, Any] | list[Any]


class UserRow(NamedTuple):
    id: str
    firebase_id: str | None
    kakao_id: str | None
    email: str | None
    phone: str
    name: str
    gender: str
    birth_year: int
    status: str
    is_admin: bool
    created_at: datetime
    updated_at: datetime | None
    deleted_at: datetime | None


class ProfileRow(NamedTuple):
    id: str
    user_id: str
    height: int | None
    education: str | None
    university: str | None
    job: str | None
    salary_range: str | None
    district: str | None
    mbti: str | None
    about_me: str | None
    profile_appeal: str | None


class LifestyleRow(NamedTuple):
    id: str
    user_id: str
    smoking: str | None
    drinking: str | None
    religion: str | None
    exercise: str | None
    pet: str | None
    marital_history: str | None
    wants_children: str | None
    marriage_timing: str | None
    hobbies: Json | None
    religion_consented_at: datetime | None
    created_at: datetime
    updated_at: datetime | None


class PreferenceRow(NamedTuple):
    id: str
    user_id: str
    birth_year_min: int | None
    birth_year_max: int | None
    height_min: int | None
    height_max: int | None
    education_min: str | None
    salary_min: str | None
    districts: Json | None
    religions: Json | None
    smoking: Json | None
    drinking: Json | None
    marital_histories: Json | None
    mbti: Json | None
    must_have: Json | None
    weights: Json | None
    note: str | None
    created_at: datetime
    updated_at: datetime | None


class PhotoRow(NamedTuple):
    id: str
    user_id: str
    s3_key: str
    thumbnail_s3_key: str | None
    display_order: int
    created_at: datetime
    deleted_at: datetime | None


class DocumentRow(NamedTuple):
    id: str
    user_id: str
    document_type: str
    s3_key: str
    content_type: str | None
    original_filename: str | None
    status: str
    reject_reason: str | None
    reject_note: str | None
    reviewed_by: str | None
    reviewed_at: datetime | None
    expires_on: date | None
    created_at: datetime
    updated_at: datetime | None
    deleted_at: datetime | None


class SubscriptionRow(NamedTuple):
    id: str
    user_id: str
    plan: str
    status: str
    starts_at: datetime
    expires_at: datetime | None
    introductions_total: int | None
    introductions_used: int
    price_krw: int | None
    auto_renew: bool
    paused_at: datetime | None
    canceled_at: datetime | None
    created_at: datetime
    updated_at: datetime | None
    deleted_at: datetime | None


class LedgerRow(NamedTuple):
    id: str
    subscription_id: str
    position: int
    kind: str
    delta: int
    total_after: int | None
    used_after: int
    match_history_id: str | None
    occasion: int
    actor_id: str | None
    actor_name: str | None
    reason: str | None
    created_at: datetime


class AuditRow(NamedTuple):
    id: str
    actor_id: str
    actor_name: str | None
    action: str
    user_id: str | None
    resource_type: str | None
    resource_id: str | None
    reason: str | None
    ip_address: str | None
    user_agent: str | None
    request_id: str | None
    detail: Json | None
    created_at: datetime


class WeekRow(NamedTuple):
    id: str
    iso_year: int
    iso_week: int
    starts_on: date
    ends_on: date
    status: str
    settings: Json | None
    summary: Json | None
    generated_at: datetime | None
    published_at: datetime | None
    closed_at: datetime | None
    note: str | None
    created_at: datetime
    updated_at: datetime | None
    deleted_at: datetime | None


class IntroductionRow(NamedTuple):
    id: str
    match_week_id: str | None
    user_a_id: str
    user_b_id: str
    status: str
    source: str
    score: float | None
    score_a_to_b: float | None
    score_b_to_a: float | None
    explanation: Json | None
    is_pinned: bool
    matchmaker_id: str | None
    a_response: str
    b_response: str
    a_responded_at: datetime | None
    b_responded_at: datetime | None
    introduced_at: datetime | None
    date_fixed_at: datetime | None
    met_at: datetime | None
    closed_at: datetime | None
    close_reason: str | None
    memo: str | None
    created_at: datetime
    updated_at: datetime | None
    deleted_at: datetime | None


class FeedbackRow(NamedTuple):
    id: str
    match_history_id: str
    user_id: str
    rating: int
    wants_to_meet_again: bool | None
    tags: Json | None
    comment: str | None
    is_incident: bool
    created_at: datetime
    updated_at: datetime | None
    deleted_at: datetime | None


class ConsultationRow(NamedTuple):
    id: str
    user_id: str
    consultant_id: str
    scheduled_at: datetime
    duration_minutes: int
    channel: str
    status: str
    topic: str | None
    memo: str | None
    created_at: datetime
    updated_at: datetime | None
    deleted_at: datetime | None


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
