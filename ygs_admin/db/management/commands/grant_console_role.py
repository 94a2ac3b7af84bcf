"""Grants the role that serves the console what it needs, and nothing else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.grants import OwningRoleError, UnknownRoleError, grants
from ygs_admin.db.routing import PRIMARY


class Command(BaseCommand):
    help = _(  # type: ignore[assignment]
        "Grants a role what the console needs on tables that it does not own, so that it cannot switch off what keeps "
        "the access record as it is. Run it as the tables' owner after every migrate; it may be run again."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help=gettext("An existing role, in which the console connects."))
        parser.add_argument("--print", action="store_true", help=gettext("Print the SQL instead of running it."))

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[PRIMARY]
        try:
            statements = grants(connection, options["role"])
            if options["print"]:
                self.stdout.write("".join(f"{statement};\n" for statement in statements), ending="")
                return
            with transaction.atomic(using=PRIMARY), connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        except UnknownRoleError as error:
            message = gettext("There is no role “%(role)s”. Create it first: CREATE ROLE … LOGIN.")
            raise CommandError(message % {"role": error}) from error
        except OwningRoleError as error:
            message = gettext("Role “%(role)s” owns the tables or is a superuser: nothing could be kept from it.")
            raise CommandError(message % {"role": error}) from error
        except DatabaseError as error:
            raise CommandError(str(error).strip()) from error
        done = gettext("Role “%(role)s” may serve the console.")
        self.stdout.write(self.style.SUCCESS(done % {"role": options["role"]}))
