"""Members' background work: one module a behaviour. The queue finds the tasks that are imported here."""

from . import documents, retention, review, subscriptions

__all__ = ["documents", "retention", "review", "subscriptions"]
