from pathlib import Path

import pytest

from ygs_admin.demo.errors import DemoError
from ygs_admin.demo.state import State


@pytest.fixture
def state(tmp_path: Path) -> State:
    state = State(tmp_path / "demo")
    state.open()
    with state.locked():
        pass
    return state


def test_secrets_are_made_once_and_for_the_owner_alone(state: State) -> None:
    made = state.secrets()
    assert State(state.folder).secrets() == made
    assert (state.folder / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_two_folders_have_different_secrets(state: State, tmp_path: Path) -> None:
    other = State(tmp_path / "other")
    other.open()
    assert set(vars(state.secrets()).values()).isdisjoint(vars(other.secrets()).values())


def test_running_demo_is_neither_started_twice_nor_reset(state: State) -> None:
    with state.locked():
        with pytest.raises(DemoError, match="is running"), state.locked():
            pass
        with pytest.raises(DemoError, match="is running"):
            state.reset()
    assert state.reset()
    assert not state.folder.exists()


def test_reset_leaves_what_is_not_the_demos(state: State) -> None:
    (state.folder / "logs").mkdir()
    (state.folder / "notes.txt").write_text("mine")
    state.reset()
    assert [path.name for path in state.folder.iterdir()] == ["notes.txt"]
