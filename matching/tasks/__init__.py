"""Background work of matching: one module a behaviour. The queue finds the tasks that are imported here."""

from . import answers

__all__ = ["answers"]
