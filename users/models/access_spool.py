"""The access record while the primary does not answer: rows wait in a file, and are delivered when it is back.

Nobody is shown without a record. What staff go on reading from a replica is written down on the machine's own disk,
synchronised before the page leaves; where that fails too there is no page. Each process has a file of its own, so that
lines never mix; any process delivers all of them, each file once, under a lock that dies with its holder.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.db import OperationalError

if TYPE_CHECKING:
    from .access import UserAccessAudit

SUFFIX = ".jsonl"


class SpoolError(OperationalError):
    """A row of the access record can be kept nowhere: nothing may be shown."""


def spool(rows: "Sequence[UserAccessAudit]") -> "list[UserAccessAudit]":
    """Keep rows for later, safely on the disk when this returns.

    Raises:
        SpoolError: the disk does not take them.
    """
    lines = "".join(f"{json.dumps(_columns(row), default=str)}\n" for row in rows)
    try:
        with _opened(settings.ACCESS_SPOOL / f"{os.getpid()}{SUFFIX}", "a") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SpoolError(str(error)) from error
    return list(rows)


def waiting() -> list[Path]:
    """Return the files that wait to be delivered."""
    return sorted(settings.ACCESS_SPOOL.glob(f"*{SUFFIX}")) if settings.ACCESS_SPOOL.is_dir() else []


def deliver() -> int:
    """Write what waits into the database, each row once however often this is cut short; return how many rows."""
    delivered = 0
    for path in waiting():
        # Another process may have been quicker.
        with suppress(FileNotFoundError):
            delivered += _deliver_file(path)
    return delivered


def _deliver_file(path: Path) -> int:
    from .access import UserAccessAudit  # noqa: PLC0415 - which imports this module

    with _opened(path, "r") as file:
        rows = [UserAccessAudit(**columns) for columns in _read(file)]
        # Rows that a delivery wrote which did not get as far as taking the file away.
        UserAccessAudit.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
        path.unlink(missing_ok=True)
    return len(rows)


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[IO[str]]:
    """Open a file that only this account reads, and hold it alone.

    Whoever waited for a file that was delivered in the meantime begins another: the lock is of the file, not its name.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        with open(path, mode, encoding="utf-8", opener=_private) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                yield file
                return
            if mode == "r":
                raise FileNotFoundError(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _read(file: IO[str]) -> Iterator[dict[str, Any]]:
    """Return the rows of whole lines: one that was being written when the machine stopped was shown to nobody."""
    for line in file:
        if line.endswith("\n"):
            yield json.loads(line)


def _columns(row: "UserAccessAudit") -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
