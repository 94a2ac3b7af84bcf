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
