import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ygs_admin.demo import placement


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder with a space in its name, which the account that runs PostgreSQL for root may pass through."""
    yield from _folder()


@pytest.fixture(scope="module")
def lasting_folder() -> Iterator[Path]:
    """The same, for all tests of a module."""
    yield from _folder()


def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ygs demo ") as name:
        path = Path(name)
        path.chmod(0o711)
        yield path
        placement.remove(path / "postgres")
