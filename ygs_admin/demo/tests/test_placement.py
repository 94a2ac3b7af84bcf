from pathlib import Path

import pytest

from ygs_admin.demo import placement
from ygs_admin.demo.accounts import ServerAccount

NOWHERE = ServerAccount("nobody-there", uid=None, gid=None)


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> ServerAccount:
    """An account for which no folder can be reached, as with a clone below /root."""
    monkeypatch.setattr(ServerAccount, "can_reach", lambda _account, _path: False)
    return NOWHERE


def test_reachable_folder_is_made_private_where_it_was_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    assert placement.place_for(NOWHERE, folder) == folder
    assert folder.stat().st_mode & 0o777 == 0o700


def test_unreachable_folder_is_linked_to_a_private_one_that_stays_the_same(
    tmp_path: Path, unreachable: ServerAccount
) -> None:
    folder = tmp_path / "postgres"
    place = placement.place_for(unreachable, folder)
    try:
        assert folder.resolve() == place
        assert place.stat().st_mode & 0o777 == 0o700
        assert placement.place_for(unreachable, folder) == place
    finally:
        placement.remove(folder)
    assert not place.exists()
    assert not folder.is_symlink()


def test_link_to_a_folder_that_was_cleaned_away_is_replaced(tmp_path: Path, unreachable: ServerAccount) -> None:
    folder = tmp_path / "postgres"
    folder.symlink_to(tmp_path / "gone")
    place = placement.place_for(unreachable, folder)
    try:
        assert place.is_dir()
        assert place != tmp_path / "gone"
    finally:
        placement.remove(folder)
