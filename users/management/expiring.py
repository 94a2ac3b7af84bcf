"""What the commands share that end what is over."""

import json
from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from users.expiring import Expiring

FAILED = 2


@dataclass
class Summary:
    """`lapsed` were to be ended, `expired` were; the others were changed otherwise in the meantime."""

    lapsed: int = 0
    expired: int = 0
    dry_run: bool = False


class ExpiringCommand(BaseCommand):
    """`expiring` says what is ended; the sentences are for people, with `%(lapsed)s`, `%(expired)s` and `%(error)s`."""

    expiring: ClassVar[Expiring]

    def would(self) -> str:
        raise NotImplementedError

    def did(self) -> str:
        raise NotImplementedError

    def stopped(self) -> str:
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, write nothing")
        parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        summary = Summary(dry_run=options["dry_run"])
        try:
            self._run(summary)
        except DatabaseError as error:
            said = {"expired": summary.expired, "error": str(error).strip()}
            raise CommandError(self.stopped() % said, returncode=FAILED) from error
        sentence = self.would() if summary.dry_run else self.did()
        self.stdout.write(json.dumps(asdict(summary)) if options["json"] else sentence % asdict(summary))

    def _run(self, summary: Summary) -> None:
        summary.lapsed = self.expiring.count()
        if summary.dry_run:
            return
        for _key, is_expired in tqdm(self.expiring.expire(), total=summary.lapsed, unit="", disable=None, leave=False):
            summary.expired += is_expired
