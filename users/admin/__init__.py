"""Members and what hangs on them in the Django admin: one module a table."""

from . import (
    access,
    document,
    lifestyle,
    member,
    permission_changes,
    photo,
    preference,
    profile,
    subscription,
)

__all__ = [
    "access",
    "document",
    "lifestyle",
    "member",
    "permission_changes",
    "photo",
    "preference",
    "profile",
    "subscription",
]
