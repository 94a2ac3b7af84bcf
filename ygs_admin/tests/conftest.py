"""Fixtures of the tests that walk the whole console."""

from ygs_admin.tests.samples import member, samples

__all__ = ["member", "samples"]
