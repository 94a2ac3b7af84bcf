"""Rows of the tables about rounds, pairs and consultations, as those in `rows`."""

from datetime import date, datetime
from typing import NamedTuple

from .rows import Json


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
