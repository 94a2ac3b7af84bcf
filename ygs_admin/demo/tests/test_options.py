from pathlib import Path

import pytest

from ygs_admin.demo.__main__ import main
from ygs_admin.demo.errors import UsageError
from ygs_admin.demo.options import REPOSITORY, Options


def test_empty_and_absent_variables_mean_the_defaults() -> None:
    assert Options.from_environment({"PORT": ""}) == Options(REPOSITORY / ".demo", 8000, 3000, 1)


def test_folder_may_be_absolute_or_below_the_repository(tmp_path: Path) -> None:
    assert Options.from_environment({"DEMO_DIR": str(tmp_path)}).folder == tmp_path.resolve()
    assert Options.from_environment({"DEMO_DIR": "other"}).folder == REPOSITORY / "other"


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "http"), ("PORT", "0"), ("PORT", "65536"), ("MEMBERS", "0"), ("MEMBERS", "3e3"), ("SEED", "-1")],
)
def test_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"^{name} .*{value}"):
        Options.from_environment({name: value})


def test_wrong_use_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "http")
    assert main(["run"]) == 2
    assert main(["walk"]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_folder_of_others_is_neither_used_nor_reset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    monkeypatch.setenv("DEMO_DIR", str(tmp_path))
    assert main(["run"]) == 2
    assert main(["reset"]) == 0
    assert "There is no demo" in capsys.readouterr().out
    assert (tmp_path / "thesis.txt").read_text() == "mine"
