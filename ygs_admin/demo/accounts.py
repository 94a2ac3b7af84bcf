"""The operating system's account that the PostgreSQL servers run under: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict


class Identity(TypedDict, total=False):
    """Arguments of `subprocess.Popen` that choose a user; empty for the one who calls."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class ServerAccount:
    """`uid` and `gid` are None when the servers run as the caller, who is then an ordinary user."""

    name: str
    uid: int | None = None
    gid: int | None = None

    @property
    def identity(self) -> Identity:
        if self.uid is None or self.gid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand one file or folder over; its contents keep their owner."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def can_reach(self, path: Path) -> bool:
        """Ask by a process of that account, so that every permission on the way counts; a few milliseconds."""
        if not self.identity:
            return os.access(path, os.X_OK)
        probe = subprocess.run(["/usr/bin/env", "test", "-x", str(path)], cwd="/", check=False, **self.identity)
        return probe.returncode == 0


def server_account() -> ServerAccount:
    """The caller, or, for root, `postgres` and else `nobody`."""
    if os.geteuid() != 0:
        return ServerAccount(pwd.getpwuid(os.geteuid()).pw_name)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return ServerAccount(entry.pw_name, entry.pw_uid, entry.pw_gid)
