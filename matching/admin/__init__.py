"""Rounds, introductions, feedback and consultations in the Django admin: one module a table."""

from . import consultation, feedback, introduction, week

__all__ = ["consultation", "feedback", "introduction", "week"]
