"""Export members to a CSV file that `import_members` reads back, or to a spreadsheet."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from users.interchange.columns import BY_NAME, Column
from users.interchange.command_line import FAILED, INTERRUPTED, actor_of, add_common_arguments, speaking
from users.interchange.exporting import Export, replaced
from users.interchange.formats import FORMATS, CsvRows, Rows
from users.interchange.labels import ENGLISH, KOREAN
from users.interchange.selection import ByStatus
from users.models import UserStatus
from ygs_admin.staff.models import Staff

STANDARD_OUTPUT = "-"
LABELS = {KOREAN: KOREAN, ENGLISH: ENGLISH, "values": None}
PERMISSION = "users.export_contacts"


class Command(BaseCommand):
    help = (
        "Export members, except deleted ones, to a CSV file that import_members reads back, or to a spreadsheet. "
        "Names are masked unless an --actor may read them, contact details unless --with-contacts; "
        "who was exported, by whom and why, is recorded."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default=STANDARD_OUTPUT, help="default: - (standard output)")
        parser.add_argument("--reason", required=True, help="why; goes to the access record")
        parser.add_argument("--status", action="append", choices=UserStatus.values, default=[], help="may be repeated")
        parser.add_argument("--format", choices=FORMATS, default="csv", help="xlsx needs a FILE (default: csv)")
        parser.add_argument("--fields", help=f"comma-separated, in this order (default: all): {', '.join(BY_NAME)}")
        parser.add_argument("--labels", choices=LABELS, default=KOREAN, help="language of headers and labels")
        parser.add_argument("--with-contacts", action="store_true", help="needs an --actor who may export them")
        parser.add_argument("--bom", action="store_true", help="begin with a byte order mark, for Excel")
        add_common_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with speaking(options):
            count = self._write(self._export(options), options)
            self._print(options["file"], count, as_json=options["json"])

    def _export(self, options: dict[str, Any]) -> Export:
        actor = actor_of(options)
        if options["with_contacts"]:
            _check_permission(actor)
        if not options["reason"].strip():
            raise CommandError(_("Give a reason."), returncode=FAILED)
        if options["format"] != "csv" and options["file"] == STANDARD_OUTPUT:
            raise CommandError(_("A spreadsheet is written to a file alone: name one."), returncode=FAILED)
        return Export(
            file=options["file"],
            reason=options["reason"].strip(),
            actor=actor,
            selection=ByStatus(options["status"]),
            columns=_columns(options["fields"]),
            language=LABELS[options["labels"]],
            with_contacts=options["with_contacts"],
        )

    def _write(self, export: Export, options: dict[str, Any]) -> int:
        count = 0
        try:
            for count in self._steps(export, options):  # noqa: B007 - the last one counts
                pass
        except (OSError, OperationalError, InterfaceError) as error:
            message = _("The export was not finished: %(error)s")
            raise CommandError(message % {"error": str(error).strip()}, returncode=FAILED) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("The export was interrupted."), returncode=INTERRUPTED) from error
        return count

    def _steps(self, export: Export, options: dict[str, Any]) -> Iterator[int]:
        with self._rows(options) as rows, tqdm(unit="", unit_scale=True, disable=None, leave=False) as bar:
            for count in export.write(rows):
                bar.update(count - bar.n)
                yield count

    @contextmanager
    def _rows(self, options: dict[str, Any]) -> Iterator[Rows]:
        if options["file"] == STANDARD_OUTPUT:
            sink = SimpleNamespace(write=lambda text: self.stdout.write(text, ending=""))
            yield CsvRows(sink, with_bom=options["bom"])
        else:
            opened = FORMATS[options["format"]].open
            with replaced(Path(options["file"])) as file, opened(file, with_bom=options["bom"]) as rows:
                yield rows

    def _print(self, file: str, count: int, *, as_json: bool) -> None:
        """Say what was written, on the standard error where the file itself goes to the standard output."""
        stream = self.stderr if file == STANDARD_OUTPUT else self.stdout
        message = ngettext("%(count)s member exported to %(file)s.", "%(count)s members exported to %(file)s.", count)
        said = {"file": file, "count": count}
        stream.write(json.dumps(said, ensure_ascii=False) if as_json else message % said, self.style.SUCCESS)


def _check_permission(actor: Staff | None) -> None:
    if actor is None or not actor.has_perm(PERMISSION):
        message = _("Contact details are exported only for an --actor with the permission %(permission)s.")
        raise CommandError(message % {"permission": PERMISSION}, returncode=FAILED)


def _columns(names: str | None) -> list[Column]:
    """Return the columns that `--fields` names, all where it is not given."""
    wanted = list(dict.fromkeys(name.strip() for name in names.split(","))) if names else list(BY_NAME)
    if unknown := [name for name in wanted if name not in BY_NAME]:
        message = _("There is no field %(unknown)s. Known are: %(known)s.")
        said = {"unknown": ", ".join(unknown), "known": ", ".join(BY_NAME)}
        raise CommandError(message % said, returncode=FAILED)
    return [BY_NAME[name] for name in wanted]
