"""Deliver the rows of the access record that had to wait in files."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils.translation import gettext as _

from users.models.access_spool import deliver, waiting

FAILED = 2


class Command(BaseCommand):
    help = (
        "Write into the access record what this machine kept in files while the primary did not answer. The web server "
        "does this by itself once it does; this may be run at any time, and again. Exit code: 0 done, 2 it failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count the files")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = {"files": len(waiting()), "delivered": 0}
        if not options["dry_run"]:
            try:
                counts["delivered"] = deliver()
            except (Error, OSError, ValueError) as error:
                message = _("Nothing is lost, but it failed: %(error)s") % {"error": error}
                raise CommandError(message, returncode=FAILED) from error
        sentence = _("%(files)s files, %(delivered)s rows delivered.") % counts
        self.stdout.write(json.dumps(counts) if options["json"] else sentence)
