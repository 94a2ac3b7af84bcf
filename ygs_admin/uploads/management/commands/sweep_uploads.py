"""Deletes the objects that uploads have left on S3 without a row."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ygs_admin.storage import StorageError
from ygs_admin.uploads.keeping import due, sweep


class Command(BaseCommand):
    help = "Delete objects on S3 that an upload put there more than an hour ago and never finished."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count them")
        parser.add_argument("--json", action="store_true", help="print the count as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = due().count() if options["dry_run"] else sweep()
        except StorageError as error:
            raise CommandError(f"S3 failed at {error}; what is left is swept the next time.", returncode=2) from error
        key = "to_delete" if options["dry_run"] else "deleted"
        self.stdout.write(json.dumps({key: count}) if options["json"] else f"{key.replace('_', ' ')}: {count}")
