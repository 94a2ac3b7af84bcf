"""Destroy for good what was deleted, and the members who have left, once their time is over."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from tqdm import tqdm

from users.destruction.destroying import Destruction
from users.destruction.due import members_held_back
from ygs_admin.storage import StorageError
from ygs_admin.uploads.keeping import due, sweep

SOME_LEFT, FAILED = 1, 2


@dataclass
class Summary:
    """`due` and `destroyed` count rows by table; `refused` are ids to which a table unknown to the console refers.

    `held_back` are members who have left and whose subscription still runs; `objects_left` wait for S3 to answer.
    """

    due: dict[str, int] = field(default_factory=dict)
    destroyed: dict[str, int] = field(default_factory=dict)
    objects: int = 0
    objects_left: int = 0
    held_back: int = 0
    refused: list[str] = field(default_factory=list)
    dry_run: bool = False


class Command(BaseCommand):
    help = (
        "Destroy what was deleted, and the members who have left, longer ago than DELETED_KEPT_DAYS: rows and S3 "
        "objects both, with a record that says so and not whom. The queue does this daily; this may be run at any "
        "time, and again. Exit code: 0 done, 1 some must stay or wait for S3, 2 the database failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, write nothing")
        parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        summary = Summary(dry_run=options["dry_run"])
        try:
            _run(summary)
        except DatabaseError as error:
            said = {"destroyed": sum(summary.destroyed.values()), "error": str(error).strip()}
            message = _("Stopped after %(destroyed)s rows: %(error)s. Run it again.") % said
            raise CommandError(message, returncode=FAILED) from error
        self.stdout.write(json.dumps(asdict(summary)) if options["json"] else _sentences(summary))
        if summary.refused or summary.objects_left:
            sys.exit(SOME_LEFT)


def _run(summary: Summary) -> None:
    destruction = Destruction()
    summary.due = destruction.count()
    summary.held_back = members_held_back(destruction.before).count()
    if summary.dry_run:
        return
    with tqdm(total=sum(summary.due.values()), unit="", disable=None, leave=False) as bar:
        for gone in destruction.run():
            bar.update(gone)
            summary.destroyed = dict(destruction.rows)
    summary.objects, summary.refused = destruction.objects, sorted(destruction.refused)
    summary.objects_left = _sweep()


def _sweep() -> int:
    """Try what S3 refused once more; return how many objects have to wait for the hourly sweep."""
    try:
        sweep()
    except StorageError:
        return due().count()
    return 0


def _sentences(summary: Summary) -> str:
    counted = summary.due if summary.dry_run else summary.destroyed
    lines = [f"  {table} {count}" for table, count in counted.items() if count]
    lines.insert(0, _("Nothing is due.") if not lines else _("Due:") if summary.dry_run else _("Destroyed:"))
    if summary.objects:
        lines.append(_("%(objects)s objects on S3, of which %(objects_left)s wait for the sweep.") % asdict(summary))
    if summary.held_back:
        held_back = _("%(held_back)s members have left while their subscription runs: end it first.")
        lines.append(held_back % asdict(summary))
    if summary.refused:
        lines.append(_("Other tables still refer to these: %(ids)s") % {"ids": ", ".join(summary.refused)})
    return "\n".join(lines)
