"""Fixtures of the tests in which the backend writes too."""

from users.tests.shared_database import backend

__all__ = ["backend"]
