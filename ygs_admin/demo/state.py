"""The one folder in which a demo keeps everything: secrets, ports, data, logs, and `demo.json` while it is ready."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ygs_admin.demo import placement
from ygs_admin.demo.errors import DemoError, UsageError
from ygs_admin.demo.processes import end_all_left_over
from ygs_admin.demo.servers import Secrets

LOCK = "lock"
PLACED_FOLDER = "postgres"
FOLDERS = ("s3", "static", "logs")
FILES = ("secrets.json", "ports.json", "sign-ins.json", "population.json", "demo.json", LOCK)


@dataclass(frozen=True)
class State:
    folder: Path

    def open(self) -> None:
        """Make the folder. Another's folder is never taken for ours: a reset would delete in it."""
        if self.folder.exists() and not self.folder.is_dir():
            raise UsageError(f"DEMO_DIR={self.folder} is not a folder.")
        if self.folder.exists() and any(self.folder.iterdir()) and not self._is_demo():
            raise UsageError(f"DEMO_DIR={self.folder} holds files that are not a demo's; choose an empty folder.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"DEMO_DIR={self.folder} cannot be made: {error.strerror}.") from error
        # The account that runs PostgreSQL for root passes through, and can list nothing.
        self.folder.chmod(0o711 if os.geteuid() == 0 else 0o700)

    def _is_demo(self) -> bool:
        return (self.folder / LOCK).exists()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Raise `DemoError` while another demo runs here. The kernel drops the lock of a process that was killed."""
        with (self.folder / LOCK).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DemoError(f"The demo in {self.folder} is running; stop it first, with Ctrl-C.") from None
            yield

    def reset(self) -> bool:
        """Delete what a demo made, and nothing else; False when there was none. Refuses while it runs."""
        if not self._is_demo():
            return False
        with self.locked():
            end_all_left_over(self.folder / "logs")
            placement.remove(self.folder / PLACED_FOLDER)
            for name in FOLDERS:
                shutil.rmtree(self.folder / name, ignore_errors=True)
            for name in FILES:
                (self.folder / name).unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()
        return True

    def secrets(self) -> Secrets:
        """Made at the first call, the same ever after."""
        known = self.read("secrets.json")
        if known is not None:
            return Secrets(**known)
        made = Secrets.generate()
        self.write("secrets.json", asdict(made))
        return made

    def has(self, name: str) -> bool:
        return (self.folder / name).exists()

    def read(self, name: str) -> Any:
        """The content of a JSON file, None where there is none."""
        try:
            return json.loads((self.folder / name).read_text())
        except FileNotFoundError:
            return None

    def write(self, name: str, content: object) -> None:
        """Whole or not at all, and readable to its owner alone."""
        unfinished = self.folder / f"{name}.new"
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
        unfinished.replace(self.folder / name)

    def forget(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)
