"""Members' background work: one module a behaviour. The queue finds the tasks that are imported here."""

from . import documents, retention, subscriptions

__all__ = ["documents", "retention", "subscriptions"]
