"""What stands between empty servers and a console with members in it: schema, staff, population, static files."""

import io
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict

import django
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from ygs_admin.demo.catalogues import compile_catalogues
from ygs_admin.demo.cluster import CONSOLE
from ygs_admin.demo.options import Options
from ygs_admin.demo.progress import Progress
from ygs_admin.demo.servers import Servers
from ygs_admin.demo.staff import NAMES, ROLES, SignIn, create_staff, make_sign_ins, set_up_apps
from ygs_admin.demo.state import State

POPULATION = "population.json"
SIGN_INS = "sign-ins.json"


def prepare(
    options: Options, state: State, servers: Servers, environment: Mapping[str, str], progress: Progress
) -> None:
    """Bring the database up to date, and fill it if it never was filled whole: an interrupted start begins anew."""
    populated = state.read(POPULATION)
    if populated is None:
        servers.cluster.recreate_database()
    compile_catalogues()
    os.environ |= environment
    django.setup()
    with progress.step("Schema"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("check_schema", stdout=io.StringIO())
        call_command("grant_console_role", CONSOLE, stdout=io.StringIO())
    if populated is None:
        _populate(options, state, servers, progress)
    elif populated != _recipe(options):
        progress.note(f"The members of an earlier start are kept ({populated['members']:,}, seed {populated['seed']}).")
    _set_up_second_factors(state)
    with progress.step("Static files"):
        call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()


def sign_ins(state: State) -> dict[str, SignIn]:
    return {role: SignIn(**entry) for role, entry in state.read(SIGN_INS).items()}


def _set_up_second_factors(state: State) -> None:
    """Give the accounts their apps, also in a folder that an earlier version made, whose sign-ins had none."""
    accounts = sign_ins(state)
    state.write(SIGN_INS, {role: asdict(account) for role, account in accounts.items()})
    set_up_apps(accounts)


def _recipe(options: Options) -> dict[str, int]:
    return {"members": options.members, "seed": options.seed}


def _populate(options: Options, state: State, servers: Servers, progress: Progress) -> None:
    # Models can be imported only once Django is set up.
    from ygs_admin.demo.population import StaffRef, populate  # noqa: PLC0415
    from ygs_admin.staff.models import Staff  # noqa: PLC0415

    made = make_sign_ins()
    with progress.step("Staff"):
        create_staff(made)
    state.write(SIGN_INS, {role: asdict(sign_in) for role, sign_in in made.items()})
    ids = dict(Staff.objects.values_list("email", "pk"))
    populate(
        members=options.members,
        seed=options.seed,
        database_url=servers.cluster.primary_url,
        object_store=servers.object_store,
        staff=[StaffRef(ids[made[role].email], NAMES[role], role) for role in ROLES],
        today=timezone.localdate(),
        progress=progress,
    )
    _have_this_week_run(made["matchmaker"].email)
    state.write(POPULATION, _recipe(options))


def _have_this_week_run(email: str) -> None:
    """Leave it to the worker, once it starts, to let the engine propose the round that staff are reviewing."""
    from matching.models import MatchWeek, WeekStatus  # noqa: PLC0415
    from ygs_admin.staff.models import Staff  # noqa: PLC0415

    logging.getLogger("procrastinate").setLevel(logging.WARNING)  # This is a person's terminal.
    matchmaker = Staff.objects.get(email=email)
    for week in MatchWeek.objects.filter(status=WeekStatus.REVIEW):
        week.run(by=matchmaker)
