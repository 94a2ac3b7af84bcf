import os
from pathlib import Path

import pytest

from ygs_admin.testing import pgbouncer_program
from ygs_admin.testing.pgbouncer import PgBouncer
from ygs_admin.testing.pgbouncer_program import PgBouncerMissingError, find_pgbouncer


@pytest.mark.django_db(transaction=True)
def test_it_pools_transactions_as_the_readme_has_it(pgbouncer: PgBouncer) -> None:
    said = {str(row[0]): row[1] for row in pgbouncer.ask("SHOW CONFIG")}
    assert (said["pool_mode"], said["listen_addr"]) == ("transaction", "127.0.0.1")
    names = {row[0] for row in pgbouncer.ask("SHOW DATABASES")}
    assert names >= {"ygs", "ygs_health", "ygs_replica", "ygs_replica_health"}


PROGRAMS = {
    "apt-get": 'for package in "$@"; do case $package in pgbouncer|lib*) > "$package.deb";; esac; done',
    "apt-cache": 'printf "pgbouncer\\n  Depends: postgresql-common\\n  Depends: libc6\\n  Depends: libcares2\\n"',
    "dpkg-deb": """
        case $2 in
          pgbouncer.deb) mkdir -p root/usr/sbin && touch root/usr/sbin/pgbouncer;;
          *) mkdir -p root/usr/lib && touch "root/usr/lib/${2%.deb}.so.2";;
        esac""",
}


def test_where_there_is_none_debians_package_is_unpacked_with_its_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pgbouncer_program, "_of_the_system", lambda _attempts: None)
    programs, folder = tmp_path / "bin", tmp_path / "package"
    for path in (programs, folder):
        path.mkdir()
    for name, script in PROGRAMS.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    program = find_pgbouncer(folder)
    assert program.path == str(folder / "root/usr/sbin/pgbouncer")
    assert program.environment["LD_LIBRARY_PATH"] == str(folder / "root/usr/lib")
    assert sorted(path.name for path in folder.glob("root/usr/lib/*")) == ["libcares2.so.2"]


def test_missing_pgbouncer_is_an_error_that_names_every_attempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pgbouncer_program, "FOLDERS", (str(tmp_path),))
    with pytest.raises(PgBouncerMissingError, match=r"- no pgbouncer on the PATH.*\n- `apt-get download"):
        find_pgbouncer(tmp_path)
