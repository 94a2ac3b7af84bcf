"""`python -m ygs_admin.testing.catalogues ko en`: every message of the code has its translation in each language.

Messages are extracted anew, by GNU gettext, from a copy; what is untranslated, fuzzy or no longer used is named.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib  # type: ignore[import-untyped]

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = ("manage.py", "locale", "matching", "static", "templates", "users", "ygs_admin")


def faults(languages: list[str], repository: Path = REPOSITORY) -> list[str]:
    """One line a message that is not in order. Takes a few seconds; changes nothing in the repository."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            _copy(repository / name, copy / name)
        _extract(languages, copy)
        return [fault for language in languages for fault in _faults_of(language, copy / "locale")]


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "vendor", "*.mo"))
    else:
        shutil.copy2(source, target)


def _extract(languages: list[str], repository: Path) -> None:
    chosen = [argument for language in languages for argument in ("--locale", language)]
    subprocess.run([sys.executable, "manage.py", "makemessages", *chosen, "--verbosity=0"], cwd=repository, check=True)


def _faults_of(language: str, locale: Path) -> list[str]:
    found = []
    for path in sorted((locale / language / "LC_MESSAGES").glob("*.po")):
        catalogue = polib.pofile(str(path))
        for kind, entries in (
            ("untranslated", catalogue.untranslated_entries()),
            ("fuzzy", catalogue.fuzzy_entries()),
            ("no longer used", catalogue.obsolete_entries()),
        ):
            found += [f"{language} {kind}: {entry.msgid!r} {_place(entry)}" for entry in entries]
    return found


def _place(entry: polib.POEntry) -> str:
    return ", ".join(f"{file}:{line}" for file, line in entry.occurrences)


if __name__ == "__main__":
    try:
        sys.exit("\n".join(faults(sys.argv[1:])) or None)
    except subprocess.CalledProcessError:
        sys.exit("The messages could not be extracted; GNU gettext says above why.")
