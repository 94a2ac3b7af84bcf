"""What `import_members` and `export_members` have in common on the command line."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from ygs_admin.staff.models import Staff

REFUSED = 1
FAILED = 2
INTERRUPTED = 130


def add_common_arguments(parser: ArgumentParser) -> None:
    languages = [code for code, _name in settings.LANGUAGES]
    parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE, help="of messages")
    parser.add_argument("--actor", metavar="EMAIL", help="the staff account in whose name it is done (default: system)")
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")


def speaking(options: dict[str, Any]) -> override:
    """Let messages be in the language that was asked for."""
    return override(options["language"])


def actor_of(options: dict[str, Any]) -> Staff | None:
    """Return the staff account that `--actor` names, None for the system."""
    email = options["actor"]
    if email is None:
        return None
    staff = Staff.objects.filter(email__iexact=email, is_active=True).first()
    if staff is None:
        raise CommandError(_("There is no active staff account %(email)s.") % {"email": email}, returncode=FAILED)
    return staff
