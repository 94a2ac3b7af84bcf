"""Make the reviewers' decisions final that are due."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from users.models import ReviewDecision
from users.review.deciding import settle_due

SOME_LEFT = 1


@dataclass
class Summary:
    """`due` were to be made final, `settled` were applied or refused, `left` are due still."""

    due: int = 0
    settled: int = 0
    left: int = 0
    dry_run: bool = False


class Command(BaseCommand):
    help = (
        "Make the reviewers' decisions final that can't be undone any more. The queue does this by itself, and again "
        "each minute; this may be run at any time, and again. Exit code: 0 done, 1 some are due still."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, write nothing")
        parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        summary = Summary(due=ReviewDecision.objects.due().count(), dry_run=options["dry_run"])
        if not summary.dry_run:
            summary.settled = sum(
                1 for _key in tqdm(settle_due(), total=summary.due, unit="", disable=None, leave=False)
            )
        summary.left = ReviewDecision.objects.due().count()
        self.stdout.write(json.dumps(asdict(summary)) if options["json"] else _sentence(summary))
        if summary.left and not summary.dry_run:
            sys.exit(SOME_LEFT)


def _sentence(summary: Summary) -> str:
    if summary.dry_run:
        return _("%(due)s decisions would become final.") % asdict(summary)
    return _("%(settled)s decisions settled, %(left)s left.") % asdict(summary)
