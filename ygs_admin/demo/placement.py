"""Where PostgreSQL's data can lie: the servers' account must be able to pass every folder on the way to it."""

import os
import shutil
import tempfile
from pathlib import Path

from ygs_admin.demo.accounts import ServerAccount

# It outlives a restart of the machine, unlike /tmp.
LASTING_TEMPORARY = Path("/var/tmp")  # noqa: S108 - the folder below it is made private by mkdtemp


def place_for(account: ServerAccount, folder: Path) -> Path:
    """`folder`, made and owned by the account, or a private folder elsewhere that `folder` then is a link to.

    The latter where the account cannot get there, as with a clone below /root, which only root may enter.
    """
    if folder.is_symlink():
        target = folder.resolve()
        if _is_owned(target, account):
            return target
        folder.unlink()
    if not folder.exists():
        if not account.can_reach(folder.parent):
            return _elsewhere(account, folder)
        folder.mkdir(mode=0o700)
        account.own(folder)
    return folder


def _is_owned(target: Path, account: ServerAccount) -> bool:
    """A folder that was cleaned away, and made again by someone else, is no place for us."""
    owner = os.geteuid() if account.uid is None else account.uid
    return target.is_dir() and target.stat().st_uid == owner


def _elsewhere(account: ServerAccount, folder: Path) -> Path:
    parent = LASTING_TEMPORARY if LASTING_TEMPORARY.is_dir() else Path(tempfile.gettempdir())
    target = Path(tempfile.mkdtemp(prefix="ygs-demo-", dir=parent))
    account.own(target)
    folder.symlink_to(target)
    return target


def remove(folder: Path) -> None:
    """Delete a placed folder, and what it links to."""
    if folder.is_symlink():
        shutil.rmtree(folder.resolve(), ignore_errors=True)
        folder.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=True)
