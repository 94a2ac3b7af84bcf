"""Members' background work: one module a behaviour. The queue finds the tasks that are imported here."""

from . import subscriptions

__all__ = ["subscriptions"]
