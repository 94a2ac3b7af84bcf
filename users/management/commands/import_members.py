"""Import members from a CSV file as people have them."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _
from tqdm import tqdm

from users.interchange.command_line import FAILED, INTERRUPTED, REFUSED, actor_of, add_common_arguments, speaking
from users.interchange.errors import UnreadableFileError
from users.interchange.importing import import_members
from users.interchange.summary import Summary


class Command(BaseCommand):
    help = (
        "Import members from a CSV file: UTF-8, UTF-16 or CP949, Korean or English headers and labels. "
        "Rows that are known already count as unchanged; nothing is overwritten; rejected rows go to a file with the "
        "reasons, to be corrected and imported. Can be run again at any time, also after it was killed. "
        "Exit code: 0 all rows are in, 1 some were rejected, 2 the file could not be read, or not to its end."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check every row, create nobody")
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="default: <file>.rejects.csv beside the file")
        parser.add_argument(
            "--ignore-unknown-columns", action="store_true", help="leave out columns that members do not have"
        )
        add_common_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with speaking(options):
            summary = self._import(options)
            self._print(summary, as_json=options["json"])
        if summary.rejected:
            sys.exit(REFUSED)

    def _import(self, options: dict[str, Any]) -> Summary:
        summary = None
        try:
            for summary in self._steps(options):  # noqa: B007 - the last one counts, also after an error
                pass
        except UnreadableFileError as error:
            raise CommandError(str(error), returncode=FAILED) from error
        except (OSError, OperationalError, InterfaceError) as error:
            raise CommandError(_stopped(summary, str(error).strip()), returncode=FAILED) from error
        except KeyboardInterrupt as error:
            raise CommandError(_stopped(summary, "Ctrl-C"), returncode=INTERRUPTED) from error
        assert summary is not None  # noqa: S101 - the first step comes before the first row
        return summary

    def _steps(self, options: dict[str, Any]) -> Iterator[Summary]:
        file: Path = options["file"]
        size = file.stat().st_size if file.is_file() else 0
        with tqdm(total=size, unit="B", unit_scale=True, disable=None, leave=False) as bar:
            yield from import_members(
                file,
                actor=actor_of(options),
                is_dry_run=options["dry_run"],
                ignore_unknown=options["ignore_unknown_columns"],
                rejects_path=options["rejects"],
                progress=lambda bytes_read: bar.update(bytes_read - bar.n),
            )

    def _print(self, summary: Summary, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(summary.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(summary.lines()))


def _stopped(summary: Summary | None, reason: str) -> str:
    read = summary.read if summary else 0
    message = _("Stopped after %(read)s rows: %(reason)s. Run it again: rows that are in already count as unchanged.")
    return message % {"read": f"{read:,}", "reason": reason}
