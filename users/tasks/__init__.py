"""Members' background work: one module a behaviour. The queue finds the tasks that are imported here."""

from . import retention, subscriptions

__all__ = ["retention", "subscriptions"]
