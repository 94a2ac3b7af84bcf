"""The backend's identifiers: an entity prefix and a ULID, made by the client."""

from ulid import ULID


def generate_user_id() -> str:
    return f"usr_{ULID()}"


def generate_photo_id() -> str:
    return f"pho_{ULID()}"


def generate_document_id() -> str:
    return f"doc_{ULID()}"


def generate_subscription_id() -> str:
    return f"sub_{ULID()}"


def generate_access_audit_id() -> str:
    return f"aud_{ULID()}"


def generate_match_week_id() -> str:
    return f"mw_{ULID()}"


def generate_match_history_id() -> str:
    return f"mh_{ULID()}"


def generate_match_feedback_id() -> str:
    return f"mf_{ULID()}"


def generate_consult_schedule_id() -> str:
    return f"cs_{ULID()}"
