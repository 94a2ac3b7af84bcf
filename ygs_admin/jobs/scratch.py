"""Folders for what is too large for memory and nobody else's to read: they go with the process, however it ends."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "ygs-scratch-"
UNLOCKED_PREFIX = "ygs-new-scratch-"
LOCK = "lock"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder for the length of the block, that only this account may enter.

    What a killed process left is deleted by the next one that wants a folder, and by the queue's sweep: the kernel
    dropped the lock.
    """
    remove_abandoned()
    unlocked = Path(tempfile.mkdtemp(prefix=UNLOCKED_PREFIX))
    folder = unlocked.with_name(unlocked.name.replace(UNLOCKED_PREFIX, PREFIX))
    with (unlocked / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # It is called abandoned by nobody before it is locked.
        unlocked.rename(folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


def remove_abandoned() -> int:
    """Delete the folders of processes that are gone; return how many."""
    folders = [path for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if path.stat().st_uid == os.geteuid()]
    return sum(map(_remove_if_abandoned, folders))


def _remove_if_abandoned(folder: Path) -> bool:
    with suppress(FileNotFoundError), (folder / LOCK).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        shutil.rmtree(folder)
        return True
    return False
