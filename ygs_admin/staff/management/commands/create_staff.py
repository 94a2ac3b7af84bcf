"""Make a staff account, or give an existing one its roles and password."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp import user_has_device

from ygs_admin.staff.models import Staff
from ygs_admin.staff.models.standing import SECRET
from ygs_admin.staff.roles import ROLES


class Command(BaseCommand):
    help = "Make a staff account, or give an existing one its name, roles and password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that the person signs in with")
        parser.add_argument("--name", required=True, help="the name that colleagues and the access record see")
        parser.add_argument("--role", action="append", choices=sorted(ROLES), default=[], help="may be repeated")
        parser.add_argument("--superuser", action="store_true", help="may use the Django admin")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["role"] and not options["superuser"]:
            raise CommandError(_("Give at least one --role, or --superuser."))
        email = options["email"].lower()
        staff = Staff.objects.filter(email=email).first() or Staff(email=email)
        is_new = staff._state.adding
        staff.name, staff.is_superuser, staff.is_active = options["name"], options["superuser"], True
        password = self._password(from_stdin=options["password_stdin"])
        self._check(staff, password)
        staff.set_password(password)
        staff.must_change_password = False
        staff.save()
        before = [] if is_new else staff.role_names()
        staff.groups.set(Group.objects.filter(name__in=options["role"]))
        staff.sessions.end()
        staff.tell(None, {"groups": [before, staff.role_names()], "password": [None, SECRET]})
        said = _("Made %(email)s (%(id)s).") if is_new else _("Updated %(email)s (%(id)s).")
        self.stdout.write(said % {"email": email, "id": staff.pk})
        if not user_has_device(staff):
            self.stdout.write(_("The second factor is set up at the first sign-in."))

    def _password(self, *, from_stdin: bool) -> str:
        return sys.stdin.readline().rstrip("\r\n") if from_stdin else getpass.getpass(_("Password: "))

    def _check(self, staff: Staff, password: str) -> None:
        try:
            validate_password(password, staff)
            staff.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
