"""Tells whether a live database has the tables that the models describe."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.schema import Finding, Report, check_database

NO_CONNECTION = 2


class Command(BaseCommand):
    help = _(  # type: ignore[assignment]
        "Compares the models of the shared tables with a live database. "
        "Exit code 0: they agree; 1: they differ; 2: the database cannot be asked."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--database", default="default", choices=tuple(connections), help=gettext("Alias of the database to check.")
        )
        parser.add_argument("--json", action="store_true", help=gettext("Print one JSON object instead of a table."))

    def handle(self, *args: Any, **options: Any) -> None:
        report = self._check(options["database"])
        if options["json"]:
            self._print_json(report)
        else:
            self._print_table(report)
        if not report.ok:
            sys.exit(1)

    def _check(self, database: str) -> Report:
        try:
            return check_database(connections[database])
        except DatabaseError as error:
            message = gettext("Database “%(alias)s” cannot be asked: %(error)s")
            raise CommandError(
                message % {"alias": database, "error": str(error).strip()}, returncode=NO_CONNECTION
            ) from error

    def _print_json(self, report: Report) -> None:
        self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))

    def _print_table(self, report: Report) -> None:
        self._print_findings(gettext("Differences"), report.differences, self.style.ERROR)
        self._print_findings(gettext("Notes"), report.notes, self.style.WARNING)
        if report.ok:
            self.stdout.write(self.style.SUCCESS(gettext("The database has what the models describe.")))
            return
        number = len(report.differences)
        message = ngettext("%(number)s difference.", "%(number)s differences.", number)
        self.stdout.write(self.style.ERROR(message % {"number": number}))

    def _print_findings(self, title: str, findings: list[Finding], style: Any) -> None:
        if not findings:
            return
        self.stdout.write(style(title))
        header = (gettext("kind"), gettext("table"), gettext("expected"), gettext("found"), gettext("columns"))
        for line in aligned([header, *rows_of(findings)]):
            self.stdout.write(f"  {line}")
        for kind, hint in {finding.kind: finding.hint for finding in findings}.items():
            self.stdout.write(f"  {kind}: {hint}")
        self.stdout.write("")


def rows_of(findings: Iterable[Finding]) -> list[tuple[str, ...]]:
    """Return one row for all columns of a table about which the same is to be said."""
    columns: dict[tuple[str, ...], list[str]] = {}
    for finding in findings:
        same = (finding.kind.value, finding.table or "–", finding.expected or "–", finding.found or "–")
        columns.setdefault(same, []).append(finding.column)
    return [(*same, ", ".join(names)) for same, names in columns.items()]


def aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Pad every cell to its column's width."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
