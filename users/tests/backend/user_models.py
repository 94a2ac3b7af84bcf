"""The backend's member tables. The first three classes are the reference's own, field for field."""

from datetime import date, datetime
from typing import Any, Optional

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Relationship

from users.tests.backend.base import BackendModel, map_times_as_naive
from users.tests.backend.ids import (
    generate_access_audit_id,
    generate_document_id,
    generate_photo_id,
    generate_subscription_id,
    generate_user_id,
)


class User(BackendModel, table=True):
    __tablename__ = "users"

    id: str = Field(default_factory=generate_user_id, primary_key=True)
    firebase_id: str | None = Field(default=None, index=True)
    kakao_id: str | None = Field(default=None, index=True)
    email: str | None = Field(default=None, index=True)
    phone: str = Field(unique=True, index=True)
    name: str = Field(max_length=50)
    gender: str = Field(index=True)
    birth_year: int
    status: str = Field(default="pending", index=True)
    is_admin: bool = Field(default=False)

    created_at: datetime = Field(default_factory=datetime.utcnow)
    updated_at: datetime | None = None
    deleted_at: datetime | None = None

    profile: Optional["UserProfile"] = Relationship(back_populates="user")
    lifestyle: Optional["UserLifestyle"] = Relationship(back_populates="user")
    preference: Optional["UserPreference"] = Relationship(back_populates="user")
    subscription: Optional["UserSubscription"] = Relationship(back_populates="user")

    photos: list["UserPhoto"] = Relationship(back_populates="user")
    documents: list["UserDocument"] = Relationship(back_populates="user")


class UserProfile(BackendModel, table=True):
    __tablename__ = "user_profiles"

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="users.id", unique=True)
    height: int | None = None
    education: str | None = None
    university: str | None = None
    job: str | None = None
    salary_range: str | None = None
    district: str | None = None
    mbti: str | None = None
    about_me: str | None = None
    profile_appeal: str | None = None

    user: User | None = Relationship(back_populates="profile")


class UserPhoto(BackendModel, table=True):
    __tablename__ = "user_photos"

    id: str = Field(default_factory=generate_photo_id, primary_key=True)
    user_id: str = Field(foreign_key="users.id", index=True)
    s3_key: str
    thumbnail_s3_key: str | None = None
    display_order: int = Field(default=0)
    created_at: datetime = Field(default_factory=datetime.utcnow)
    deleted_at: datetime | None = None

    user: User | None = Relationship(back_populates="photos")


class UserLifestyle(BackendModel, table=True):
    __tablename__ = "user_lifestyles"

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="users.id", unique=True)
    smoking: str | None = None
    drinking: str | None = None
    religion: str | None = None
    exercise: str | None = None
    pet: str | None = None
    marital_history: str | None = None
    wants_children: str | None = None
    marriage_timing: str | None = None
    hobbies: list[str] | None = Field(default=None, sa_type=JSONB)
    religion_consented_at: datetime | None = None
    created_at: datetime = Field(default_factory=datetime.utcnow)
    updated_at: datetime | None = None

    user: User | None = Relationship(back_populates="lifestyle")


class UserPreference(BackendModel, table=True):
    __tablename__ = "user_preferences"

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="users.id", unique=True)
    birth_year_min: int | None = None
    birth_year_max: int | None = None
    height_min: int | None = None
    height_max: int | None = None
    education_min: str | None = None
    salary_min: str | None = None
    districts: list[str] | None = Field(default=None, sa_type=JSONB)
    religions: list[str] | None = Field(default=None, sa_type=JSONB)
    smoking: list[str] | None = Field(default=None, sa_type=JSONB)
    drinking: list[str] | None = Field(default=None, sa_type=JSONB)
    marital_histories: list[str] | None = Field(default=None, sa_type=JSONB)
    mbti: list[str] | None = Field(default=None, sa_type=JSONB)
    must_have: list[str] | None = Field(default=None, sa_type=JSONB)
    weights: dict[str, int] | None = Field(default=None, sa_type=JSONB)
    note: str | None = None
    created_at: datetime = Field(default_factory=datetime.utcnow)
    updated_at: datetime | None = None

    user: User | None = Relationship(back_populates="preference")


class UserDocument(BackendModel, table=True):
    __tablename__ = "user_documents"

    id: str = Field(default_factory=generate_document_id, primary_key=True)
    user_id: str = Field(foreign_key="users.id", index=True)
    document_type: str = Field(index=True)
    s3_key: str
    content_type: str | None = None
    original_filename: str | None = None
    status: str = Field(default="pending", index=True)
    reject_reason: str | None = None
    reject_note: str | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    expires_on: date | None = None
    created_at: datetime = Field(default_factory=datetime.utcnow)
    updated_at: datetime | None = None
    deleted_at: datetime | None = None

    user: User | None = Relationship(back_populates="documents")


class UserSubscription(BackendModel, table=True):
    __tablename__ = "user_subscriptions"

    id: str = Field(default_factory=generate_subscription_id, primary_key=True)
    user_id: str = Field(foreign_key="users.id", unique=True)
    plan: str = Field(index=True)
    status: str = Field(index=True)
    starts_at: datetime
    expires_at: datetime | None = Field(default=None, index=True)
    introductions_total: int | None = None
    introductions_used: int = Field(default=0)
    price_krw: int | None = None
    auto_renew: bool = Field(default=False)
    paused_at: datetime | None = None
    canceled_at: datetime | None = None
    created_at: datetime = Field(default_factory=datetime.utcnow)
    updated_at: datetime | None = None
    deleted_at: datetime | None = None

    user: User | None = Relationship(back_populates="subscription")


class UserAccessAudit(BackendModel, table=True):
    __tablename__ = "user_access_audits"

    id: str = Field(default_factory=generate_access_audit_id, primary_key=True)
    actor_id: str = Field(index=True)
    actor_name: str | None = None
    action: str = Field(index=True)
    user_id: str | None = Field(default=None, index=True)
    resource_type: str | None = None
    resource_id: str | None = None
    reason: str | None = None
    ip_address: str | None = None
    user_agent: str | None = None
    request_id: str | None = None
    detail: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    created_at: datetime = Field(default_factory=datetime.utcnow, index=True)


map_times_as_naive(BackendModel.metadata)
