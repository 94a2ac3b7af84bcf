"""The backend's matching tables, written from the data dictionary."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from users.tests.backend import user_models  # noqa: F401  (the foreign keys name its tables)
from users.tests.backend.base import BackendModel, map_times_as_naive
from users.tests.backend.ids import (
    generate_consult_schedule_id,
    generate_match_feedback_id,
    generate_match_history_id,
    generate_match_week_id,
)


class MatchWeek(BackendModel, table=True):
    __tablename__ = "match_weeks"
    __table_args__ = (UniqueConstraint("iso_year", "iso_week"),)

    id: str = Field(default_factory=generate_match_week_id, primary_key=True)
    iso_year: int
    iso_week: int
    starts_on: date
    ends_on: date
    status: str = Field(default="draft", index=True)
    settings: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    summary: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    generated_at: datetime | None = None
    published_at: datetime | None = None
    closed_at: datetime | None = None
    note: str | None = None
    created_at: datetime = Field(default_factory=datetime.utcnow)
    updated_at: datetime | None = None
    deleted_at: datetime | None = None


class MatchHistory(BackendModel, table=True):
    __tablename__ = "match_histories"
    __table_args__ = (UniqueConstraint("match_week_id", "user_a_id", "user_b_id"),)

    id: str = Field(default_factory=generate_match_history_id, primary_key=True)
    match_week_id: str | None = Field(default=None, foreign_key="match_weeks.id", index=True)
    user_a_id: str = Field(foreign_key="users.id", index=True)
    user_b_id: str = Field(foreign_key="users.id", index=True)
    status: str = Field(default="proposed", index=True)
    source: str
    score: float | None = None
    score_a_to_b: float | None = None
    score_b_to_a: float | None = None
    explanation: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    is_pinned: bool = Field(default=False)
    matchmaker_id: str | None = Field(default=None, index=True)
    a_response: str = Field(default="pending")
    b_response: str = Field(default="pending")
    a_responded_at: datetime | None = None
    b_responded_at: datetime | None = None
    introduced_at: datetime | None = None
    date_fixed_at: datetime | None = None
    met_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: str | None = None
    memo: str | None = None
    created_at: datetime = Field(default_factory=datetime.utcnow)
    updated_at: datetime | None = None
    deleted_at: datetime | None = None


class MatchFeedback(BackendModel, table=True):
    __tablename__ = "match_feedbacks"
    __table_args__ = (UniqueConstraint("match_history_id", "user_id"),)

    id: str = Field(default_factory=generate_match_feedback_id, primary_key=True)
    match_history_id: str = Field(foreign_key="match_histories.id", index=True)
    user_id: str = Field(foreign_key="users.id", index=True)
    rating: int
    wants_to_meet_again: bool | None = None
    tags: list[str] | None = Field(default=None, sa_type=JSONB)
    comment: str | None = None
    is_incident: bool = Field(default=False)
    created_at: datetime = Field(default_factory=datetime.utcnow)
    updated_at: datetime | None = None
    deleted_at: datetime | None = None


class ConsultSchedule(BackendModel, table=True):
    __tablename__ = "consult_schedules"

    id: str = Field(default_factory=generate_consult_schedule_id, primary_key=True)
    user_id: str = Field(foreign_key="users.id", index=True)
    consultant_id: str = Field(index=True)
    scheduled_at: datetime = Field(index=True)
    duration_minutes: int = Field(default=30)
    channel: str
    status: str = Field(default="scheduled", index=True)
    topic: str | None = None
    memo: str | None = None
    created_at: datetime = Field(default_factory=datetime.utcnow)
    updated_at: datetime | None = None
    deleted_at: datetime | None = None


map_times_as_naive(BackendModel.metadata)
