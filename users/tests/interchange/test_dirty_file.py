"""A large file with every kind of dirt: the counts add up, nothing is lost, and a second run changes nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from users.models import User
from users.tests.interchange.dirt import DirtyFile, dirty_file
from users.tests.interchange.files import read_rows

pytestmark = pytest.mark.django_db


def run(path: Path) -> dict[str, Any]:
    output = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_members", str(path), "--json", stdout=output)
    assert ended.value.code == 1
    summary: dict[str, Any] = json.loads(output.getvalue())
    return summary


def check(summary: dict[str, Any], dirty: DirtyFile, *, created: int) -> None:
    counted = {name: summary[name] for name in ("read", "created", "unchanged", "rejected", "blank")}
    assert counted == {
        "read": dirty.rows,
        "created": created,
        "unchanged": dirty.unchanged + len(dirty.created) - created,
        "rejected": len(dirty.rejected),
        "blank": dirty.blank,
    }
    assert [int(row[0]) for row in read_rows(Path(summary["rejects_file"]))[1:]] == dirty.rejected
    assert dict(User.objects.values_list("phone", "name")) == dirty.created


@pytest.mark.parametrize(("rows", "encoding"), [(20_000, "utf-8-sig"), (2_000, "cp949"), (2_000, "utf-16")])
def test_counts_add_up_and_nothing_is_lost(tmp_path: Path, rows: int, encoding: str) -> None:
    dirty = dirty_file(rows, can_decompose=encoding != "cp949")
    file = tmp_path / "members.csv"
    file.write_bytes(dirty.text.encode(encoding))

    check(run(file), dirty, created=len(dirty.created))
    check(run(file), dirty, created=0)
