"""Rows as the backend writes them, with as little as the table accepts and with everything; and what a row holds."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlmodel import SQLModel

from users.tests.backend.user_models import (
    User,
    UserAccessAudit,
    UserDocument,
    UserLifestyle,
    UserPhoto,
    UserPreference,
    UserProfile,
    UserSubscription,
)

MOMENT = datetime(2026, 3, 1, 15, 30, 0, 123456)  # naive UTC, as the backend writes it; 2 March in Seoul
DAY = date(2026, 3, 1)

_phones = (f"010{number:08}" for number in count(70_000_000))


def new_user(**values: Any) -> User:
    """A user with a phone number that no other row of this process has."""
    return User(**{"phone": next(_phones), "name": "김철수", "gender": "male", "birth_year": 1990, **values})


def least_rows(user_id: str) -> list[SQLModel]:
    """One row of each table that hangs on a user, with nothing but what the table demands."""
    return [
        UserProfile(id=user_id, user_id=user_id),
        UserLifestyle(id=user_id, user_id=user_id),
        UserPreference(id=user_id, user_id=user_id),
        UserPhoto(user_id=user_id, s3_key="photos/1.jpg"),
        UserDocument(user_id=user_id, document_type="identity", s3_key="documents/1.pdf"),
        UserSubscription(user_id=user_id, plan="basic", status="active", starts_at=MOMENT),
        UserAccessAudit(actor_id="system", action="view"),
    ]


PROFILE: dict[str, Any] = {
    "height": 181,
    "education": "bachelor",
    "university": "서울대학교",
    "job": "변호사",
    "salary_range": "7000_10000",
    "district": "서울 강남구",
    "mbti": "INTJ",
    "about_me": "안녕하세요.\n반갑습니다.",
    "profile_appeal": "성실함 😀",
}
LIFESTYLE: dict[str, Any] = {
    "smoking": "never",
    "drinking": "sometimes",
    "religion": "won_buddhist",
    "exercise": "weekly",
    "pet": "dog",
    "marital_history": "never_married",
    "wants_children": "undecided",
    "marriage_timing": "within_1y",
    "hobbies": ["등산", "독서"],
    "religion_consented_at": MOMENT,
    "updated_at": MOMENT,
}
PREFERENCE: dict[str, Any] = {
    "birth_year_min": 1988,
    "birth_year_max": 1995,
    "height_min": 160,
    "height_max": 175,
    "education_min": "associate",
    "salary_min": "3000_4000",
    "districts": ["서울 강남구", "경기 성남시"],
    "religions": ["none"],
    "smoking": ["never", "quitting"],
    "drinking": ["never"],
    "marital_histories": ["never_married"],
    "mbti": ["ENFP"],
    "must_have": ["age", "smoking"],
    "weights": {"age": 5, "mbti": 1},
    "note": "'따옴표'와 \"quotes\"",
    "updated_at": MOMENT,
}
PHOTO: dict[str, Any] = {
    "s3_key": "photos/1.jpg",
    "thumbnail_s3_key": "photos/1.webp",
    "display_order": 3,
    "deleted_at": MOMENT,
}
DOCUMENT: dict[str, Any] = {
    "document_type": "income",
    "s3_key": "documents/1.pdf",
    "content_type": "application/pdf",
    "original_filename": "소득금액증명원.pdf",
    "status": "rejected",
    "reject_reason": "unreadable",
    "reject_note": "흐릿함",
    "reviewed_by": "stf_01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "reviewed_at": MOMENT,
    "expires_on": DAY,
    "updated_at": MOMENT,
    "deleted_at": MOMENT,
}
SUBSCRIPTION: dict[str, Any] = {
    "plan": "premium",
    "status": "paused",
    "starts_at": MOMENT,
    "expires_at": MOMENT,
    "introductions_total": 10,
    "introductions_used": 4,
    "price_krw": 3_300_000,
    "auto_renew": True,
    "paused_at": MOMENT,
    "canceled_at": MOMENT,
    "updated_at": MOMENT,
    "deleted_at": MOMENT,
}
AUDIT: dict[str, Any] = {
    "actor_id": "stf_01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "actor_name": "이상담",
    "action": "update",
    "resource_type": "users",
    "resource_id": "usr_01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "reason": "본인 요청",
    "ip_address": "203.0.113.7",
    "user_agent": "Mozilla/5.0",
    "request_id": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "detail": {"name": ["김*수", "김*희"], "height": [None, 181]},
}


def full_rows(user_id: str) -> list[SQLModel]:
    """One row of each table that hangs on a user, with a value in every column."""
    keys: dict[str, Any] = {"id": user_id, "user_id": user_id}
    return [
        UserProfile(**keys, **PROFILE),
        UserLifestyle(**keys, **LIFESTYLE),
        UserPreference(**keys, **PREFERENCE),
        UserPhoto(user_id=user_id, **PHOTO),
        UserDocument(user_id=user_id, **DOCUMENT),
        UserSubscription(user_id=user_id, **SUBSCRIPTION),
        UserAccessAudit(user_id=user_id, **AUDIT),
    ]


def as_utc(value: Any) -> Any:
    """Times of either column type as aware UTC, anything else as it is."""
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def columns_of(row: SQLModel) -> Mapping[str, Any]:
    """The row's columns by name, times aware."""
    return {column.name: as_utc(getattr(row, column.name)) for column in row.__table__.columns}  # type: ignore[attr-defined]
