"""Whatever a file holds, an import ends with a count or a clear refusal, never with a traceback."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from users.tests.interchange.files import CHEOLSU, HEADER, as_csv

pytestmark = pytest.mark.django_db

ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16"])
PIECES = st.lists(
    st.binary(max_size=30) | st.text("\"',;\t\r\n0123가A=", max_size=30).map(lambda text: text.encode("cp949")),
    max_size=8,
)


def run(file: Path, *options: str, output: StringIO) -> tuple[int, str]:
    """Return the exit code, and why the file was refused."""
    try:
        call_command("import_members", str(file), *options, stdout=output)
    except CommandError as refused:
        return refused.returncode, str(refused)
    except SystemExit as ended:
        return int(str(ended.code)), ""
    return 0, ""


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=PIECES, encoding=ENCODINGS, has_header=st.booleans(), is_dry_run=st.booleans())
def test_any_bytes_are_counted_or_refused(
    tmp_path: Path, pieces: list[bytes], encoding: str, has_header: bool, is_dry_run: bool
) -> None:
    file, output = tmp_path / "members.csv", StringIO()
    beginning = as_csv([HEADER, CHEOLSU]).encode(encoding) if has_header else b""
    file.write_bytes(beginning + b"".join(pieces))
    options = ["--json", "--rejects", str(tmp_path / "rejects.csv"), *(["--dry-run"] if is_dry_run else [])]
    exit_code, refusal = run(file, *options, output=output)
    if exit_code == 2:
        assert refusal.strip()
        return
    summary = json.loads(output.getvalue())
    assert summary["read"] == sum(summary[name] for name in ("created", "unchanged", "rejected", "blank"))
    assert exit_code == bool(summary["rejected"])
