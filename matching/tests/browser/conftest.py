"""Members who may be introduced."""

from matching.tests.rounds.conftest import subscribe

__all__ = ["subscribe"]
