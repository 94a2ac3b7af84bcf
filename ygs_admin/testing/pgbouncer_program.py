"""PgBouncer's program, wherever it is or can be had. Without it the tests fail; none is skipped."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

NAME = "pgbouncer"
# Debian keeps it where only root looks.
FOLDERS = ("/usr/local/sbin", "/usr/sbin")
C_LIBRARY = "libc6"


class PgBouncerMissingError(RuntimeError):
    """No PgBouncer, and none could be had; the message names every attempt."""


@dataclass(frozen=True)
class Program:
    """`environment` lets it find its libraries."""

    path: str
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


def find_pgbouncer(folder: Path) -> Program:
    """Return the system's, else that of Debian's package, which `folder` then holds; the system is left as it is."""
    attempts: list[str] = []
    program = _of_the_system(attempts) or _of_debian(folder, attempts)
    if program is None:
        raise PgBouncerMissingError("The tests behind a pooler need PgBouncer.\n" + "\n".join(attempts))
    return program


def _of_the_system(attempts: list[str]) -> Program | None:
    path = shutil.which(NAME, path=os.pathsep.join([os.environ.get("PATH", os.defpath), *FOLDERS]))
    if path is None:
        attempts.append(f"- no {NAME} on the PATH or in {', '.join(FOLDERS)}")
    return Program(path) if path else None


def _of_debian(folder: Path, attempts: list[str]) -> Program | None:
    """Unpack the package and the libraries that it names, root or not: nothing is installed, and no service begins."""
    if shutil.which("apt-get") is None:
        attempts.append(f"- `apt-get download {NAME}` wants Debian or its kin")
        return None
    apt = _apt_of_its_own(folder)
    try:
        _run(["apt-get", *apt, "--quiet", "update"], folder)
        listed = _run(["apt-cache", *apt, "depends", NAME], folder)
        _run(["apt-get", *apt, "download", NAME, *_libraries(listed)], folder)
        for package in folder.glob("*.deb"):
            _run(["dpkg-deb", "--extract", package.name, "root"], folder)
    except subprocess.CalledProcessError as error:
        attempts.append(f"- `{' '.join(error.cmd)}` failed: {(error.stderr or error.stdout).strip()[-500:]}")
        return None
    return _unpacked(folder / "root")


def _apt_of_its_own(folder: Path) -> list[str]:
    """Return options by which apt keeps its lists in the folder, as the system's are root's."""
    for name in ("state/lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    options = {
        "Dir::State": folder / "state",
        "Dir::State::status": "/var/lib/dpkg/status",
        "Dir::Cache": folder / "cache",
        # Root's apt would give way to an account that can't write here.
        "APT::Sandbox::User": "root",
    }
    return [f"--option={name}={value}" for name, value in options.items()]


def _libraries(listed: str) -> list[str]:
    """Return the libraries in what `apt-cache depends` says. The C library is the system's own."""
    names = [line.split()[1] for line in listed.splitlines() if line.strip().startswith("Depends: lib")]
    return [name for name in names if name != C_LIBRARY]


def _unpacked(root: Path) -> Program:
    folders = {str(library.parent) for library in root.rglob("lib*.so.*")}
    return Program(str(root / "usr/sbin" / NAME), os.environ | {"LD_LIBRARY_PATH": os.pathsep.join(sorted(folders))})


def _run(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
