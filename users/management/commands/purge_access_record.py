"""Destroys the rows of the access record whose time is over."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from users.audit.retention import destroy_access_record, past_retention


class Command(BaseCommand):
    help = "Destroy the access record's rows that are older than the law has them kept: two years, permissions three."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count them")
        parser.add_argument("--json", action="store_true", help="print the count as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        count = past_retention().count() if options["dry_run"] else sum(destroy_access_record())
        key = "to_destroy" if options["dry_run"] else "destroyed"
        self.stdout.write(json.dumps({key: count}) if options["json"] else f"{key.replace('_', ' ')}: {count}")
