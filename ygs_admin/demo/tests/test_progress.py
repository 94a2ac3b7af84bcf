import io

import pytest

from ygs_admin.demo import progress as module
from ygs_admin.demo.progress import CLEAR_LINE, Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_log_has_one_line_for_a_short_step() -> None:
    log = io.StringIO()
    progress = Progress(log)
    with progress.step("Schema"):
        pass
    for done in range(1, 4):
        progress("Members", done, 3)
    assert [line.partition(" (")[0] for line in log.getvalue().splitlines()] == ["✓ Schema", "✓ Members: 3"]


def test_long_step_shows_in_a_log_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOG_SECONDS", -1)
    log = io.StringIO()
    Progress(log)("Members", 1_000, 3_000)
    assert log.getvalue() == "  Members: 1,000 of 3,000\n"


def test_terminal_is_rewritten_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REDRAW_SECONDS", -1)
    terminal = Terminal()
    progress = Progress(terminal)
    progress("Members", 1, 2)
    assert terminal.getvalue().count("\n") == 0
    progress("Members", 2, 2)
    assert terminal.getvalue().rpartition(CLEAR_LINE)[2].startswith("✓ Members: 2 (")


def test_step_that_fails_is_not_called_done() -> None:
    log = io.StringIO()
    with pytest.raises(ZeroDivisionError), Progress(log).step("Schema"):
        _ = 1 / 0
    assert "✓" not in log.getvalue()
