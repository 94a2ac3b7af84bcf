"""End the subscriptions whose period is over."""

import json
from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from tqdm import tqdm

from users.expiring import expire_lapsed, lapsed_keys

FAILED = 2


@dataclass
class Summary:
    """`lapsed` were to be ended, `expired` were; the others were extended or ended otherwise in the meantime."""

    lapsed: int = 0
    expired: int = 0
    dry_run: bool = False


class Command(BaseCommand):
    help = (
        "End the active subscriptions whose period is over. The queue does this daily by itself; "
        "this may be run at any time, and again. Exit code: 0 done, 2 the database failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, write nothing")
        parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        summary = Summary(dry_run=options["dry_run"])
        try:
            self._run(summary)
        except DatabaseError as error:
            message = _("Stopped after %(expired)s subscriptions: %(error)s. Run it again.")
            said = {"expired": summary.expired, "error": str(error).strip()}
            raise CommandError(message % said, returncode=FAILED) from error
        self.stdout.write(json.dumps(asdict(summary)) if options["json"] else _sentence(summary))

    def _run(self, summary: Summary) -> None:
        summary.lapsed = len(lapsed_keys())
        if summary.dry_run:
            return
        for _key, is_expired in tqdm(expire_lapsed(), total=summary.lapsed, unit="", disable=None, leave=False):
            summary.expired += is_expired


def _sentence(summary: Summary) -> str:
    if summary.dry_run:
        return _("%(lapsed)s subscriptions would expire.") % asdict(summary)
    return _("%(expired)s subscriptions expired.") % asdict(summary)
