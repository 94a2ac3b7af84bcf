"""Verify and rebuild the console's index over members."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from tqdm import tqdm

from users.search.rebuild import BATCH_SIZE, Batch, estimated_members, rebuild, verify

DIFFERENT = 1
FAILED = 2
INTERRUPTED = 130


@dataclass
class Summary:
    """How many entries were looked at, and how many of them were not right before."""

    checked: int = 0
    missing: int = 0
    different: int = 0
    gone: int = 0

    def add(self, batch: Batch) -> None:
        self.checked += batch.size
        self.missing += len(batch.missing)
        self.different += len(batch.different)
        self.gone += len(batch.gone)

    @property
    def wrong(self) -> int:
        return self.missing + self.different + self.gone


class Command(BaseCommand):
    help = (
        "Verify the index that lists and searches of members read, and rebuild what is missing or differs. "
        "Triggers keep it from then on. Can be run beside the service, stopped and run again at any time. "
        "Exit code: 0 the index is right now, 1 --check found it wrong, 2 the database failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only report, write nothing")
        parser.add_argument("--batch-size", type=positive_number, default=BATCH_SIZE, help="members a transaction")
        parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        summary = self._run(verify if options["check"] else rebuild, options["batch_size"])
        if options["json"]:
            self.stdout.write(json.dumps(asdict(summary)))
        else:
            self.stdout.write(_sentence(summary, is_check=options["check"]))
        if options["check"] and summary.wrong:
            sys.exit(DIFFERENT)

    def _run(self, work: Any, batch_size: int) -> Summary:
        summary = Summary()
        try:
            for batch in _shown(work(batch_size)):
                summary.add(batch)
        except DatabaseError as error:
            message = _("Stopped after %(checked)s members: %(error)s. Run it again.")
            said = {"checked": f"{summary.checked:,}", "error": str(error).strip()}
            raise CommandError(message % said, returncode=FAILED) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Interrupted. What is done is done; run it again."), returncode=INTERRUPTED) from error
        return summary


def _shown(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Pass the batches through, with a progress bar on a terminal; its total is the planner's estimate."""
    with tqdm(total=estimated_members() or None, unit="", unit_scale=True, disable=None, leave=False) as bar:
        for batch in batches:
            bar.update(batch.size)
            yield batch


def _sentence(summary: Summary, *, is_check: bool) -> str:
    message = _("%(checked)s members checked: %(missing)s missing, %(different)s different, %(gone)s of nobody.")
    said = message % {name: f"{number:,}" for name, number in asdict(summary).items()}
    if is_check or not summary.wrong:
        return said
    return f"{said} {_('All of them are right now.')}"


def positive_number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
