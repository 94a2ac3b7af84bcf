from pathlib import Path

import pytest

from ygs_admin.testing import catalogues

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
SOURCE = 'from django.utils.translation import gettext\n\ngettext("Approve")\ngettext("Reject")\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small one, with two messages in its code and the manage.py of the true one."""
    for name in catalogues.SOURCES[1:]:
        (tmp_path / name).mkdir()
    (tmp_path / "manage.py").write_text((catalogues.REPOSITORY / "manage.py").read_text())
    (tmp_path / "users" / "verbs.py").write_text(SOURCE)
    (tmp_path / "ygs_admin" / "__init__.py").touch()
    (tmp_path / "ygs_admin" / "settings.py").write_text(
        "from pathlib import Path\nSECRET_KEY = 'unused'\nLOCALE_PATHS = [Path(__file__).parents[1] / 'locale']\n"
    )
    return tmp_path


def _write(repository: Path, catalogue: str) -> None:
    path = repository / "locale" / "ko" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + catalogue)


def test_complete_catalogue_has_no_faults(repository: Path) -> None:
    _write(repository, 'msgid "Approve"\nmsgstr "승인"\n\nmsgid "Reject"\nmsgstr "반려"\n')
    assert catalogues.faults(["ko"], repository) == []


def test_missing_fuzzy_and_unused_messages_are_named(repository: Path) -> None:
    _write(repository, '#, fuzzy\nmsgid "Approve"\nmsgstr "승인"\n\nmsgid "Confirm"\nmsgstr "확인"\n')
    kinds = [fault.partition(" users/")[0].strip() for fault in catalogues.faults(["ko"], repository)]
    assert kinds == ["ko untranslated: 'Reject'", "ko fuzzy: 'Approve'", "ko no longer used: 'Confirm'"]
