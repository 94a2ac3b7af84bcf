"""Members and what hangs on them in the Django admin: one module a table."""

from . import (
    access,
    document,
    lifestyle,
    member,
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
    "photo",
    "preference",
    "profile",
    "subscription",
]
