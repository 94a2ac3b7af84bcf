"""Forget somebody's second factor: for whoever has lost telephone and recovery codes, and no manager can be asked."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ygs_admin.staff.lockout import forget_failures
from ygs_admin.staff.models import Staff


class Command(BaseCommand):
    help = "Forget an account's second factor, lift its lock and end its sessions; the next sign-in sets a new one up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that the person signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        staff = Staff.objects.filter(email__iexact=options["email"]).first()
        if staff is None:
            raise CommandError(_("There is no account with this address."))
        was_set_up = staff.reset_second_factor(by=None)
        forget_failures(staff)
        said = _("Reset the second factor of %(email)s.") if was_set_up else _("%(email)s had no second factor.")
        self.stdout.write(said % {"email": staff.email})
