"""`python -m bench.rounds --members 200000`: a round from the tables and back into them, as staff start it.

Starts a PostgreSQL of its own, fills it with approved and subscribed members who have had three introductions each,
opens a round, and lets a worker of the queue run it. Prints what each phase took, the most memory that the worker
needed, and what came of it.
"""

import argparse
import os
import resource
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta
from time import perf_counter
from typing import Any, get_args

from tqdm import tqdm

from matching.engine.results import Phase
from ygs_admin.demo.options import REPOSITORY
from ygs_admin.demo.population.members import stated_rows
from ygs_admin.demo.population.people import draw_person, user_row
from ygs_admin.demo.population.rows import LifestyleRow, PreferenceRow, ProfileRow, SubscriptionRow, UserRow
from ygs_admin.demo.population.tables import Row
from ygs_admin.demo.population.world import World

from .nodes import start_django, start_nodes
from .people import TODAY

AT_ONCE = 10_000
KB_PER_GB = 1024**2
INTRODUCTIONS = """
    INSERT INTO match_histories (id, user_a_id, user_b_id, status, source, is_pinned,
                                 a_response, b_response, introduced_at, closed_at, created_at)
    SELECT 'mh_01' || lpad(upper(to_hex(n)), 24, '0'), least(man, woman), greatest(man, woman), 'declined', 'engine',
           false, 'accepted', 'declined', at, at + interval '3 days', at
    FROM (SELECT array_agg(id) FILTER (WHERE gender = 'male') AS men,
                 array_agg(id) FILTER (WHERE gender = 'female') AS women FROM users) AS everybody,
         generate_series(1, %(introductions)s) AS n,
         LATERAL (SELECT men[1 + floor(random() * cardinality(men))::int] AS man,
                         women[1 + floor(random() * cardinality(women))::int] AS woman,
                         timestamp '2025-01-01' + n %% 360 * interval '1 day' AS at) AS drawn
    ON CONFLICT DO NOTHING
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.rounds", description=__doc__)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with ExitStack() as stack:
        _folder, keys, servers = start_nodes(stack)
        start_django(servers.environment(keys.secret_key))
        _fill(World(options.seed, options.members, TODAY, ()))
        _ask_for_a_run()
        began = perf_counter()
        subprocess.run(
            [sys.executable, "manage.py", "procrastinate", "worker", "--one-shot", "--shutdown-graceful-timeout=7200"],
            cwd=REPOSITORY,
            env=os.environ | {"LOG_LEVEL": "WARNING"},
            check=True,
        )
        _report(perf_counter() - began)


def _fill(world: World) -> None:
    from django.db import connection  # noqa: PLC0415 - Django has just been set up

    from ygs_admin.demo.population.database import Writer  # noqa: PLC0415

    connection.ensure_connection()
    with connection.connection.transaction():
        writer = Writer(connection.connection)
        for first in tqdm(range(0, world.members, AT_ONCE), disable=None):
            writer.write_all(_rows(world, range(first, min(first + AT_ONCE, world.members))))
    with connection.cursor() as cursor:
        cursor.execute(INTRODUCTIONS, {"introductions": world.members * 3 // 2})
        cursor.execute("ANALYZE")


def _rows(world: World, indexes: range) -> dict[type[Row], list[Row]]:
    """Return what a round reads of these members, as if everybody were approved and had a subscription."""
    people = [draw_person(world, index) for index in indexes]
    users = [user_row(world, person)._replace(status="approved", deleted_at=None) for person in people]
    profiles, lifestyles, preferences = zip(*(stated_rows(world, person) for person in people), strict=True)
    return {
        UserRow: list(users),
        ProfileRow: list(profiles),
        LifestyleRow: list(lifestyles),
        PreferenceRow: list(preferences),
        SubscriptionRow: [_subscription(user) for user in users],
    }


def _subscription(user: UserRow) -> SubscriptionRow:
    return SubscriptionRow(
        id=user.id.replace("usr_", "sub_"),
        user_id=user.id,
        plan="premium",
        status="active",
        starts_at=user.created_at,
        expires_at=user.created_at + timedelta(days=36500),
        introductions_total=None,
        introductions_used=0,
        price_krw=None,
        auto_renew=True,
        paused_at=None,
        canceled_at=None,
        created_at=user.created_at,
        updated_at=None,
        deleted_at=None,
    )


def _ask_for_a_run() -> None:
    from matching.models import MatchWeek  # noqa: PLC0415
    from ygs_admin.staff.models import Staff  # noqa: PLC0415

    by = Staff.objects.create_superuser(email="bench@example.com", password=None, name="Bench")
    MatchWeek.open(by=by, iso_year=2026, iso_week=1).run(by=by)


def _report(seconds: float) -> None:
    from matching.models import MatchHistory, MatchWeek  # noqa: PLC0415
    from ygs_admin.jobs.models import Job, JobStatus  # noqa: PLC0415

    week, job = MatchWeek.objects.get(), Job.objects.get()
    if job.status != JobStatus.DONE:
        raise SystemExit(f"The job is {job.status} after {seconds:.0f} s: {job.message}")
    summary: dict[str, Any] = week.summary or {}
    members, written = sum(summary["eligible"].values()), MatchHistory.objects.of_week(week).count()
    print(f"{members:,} members, {summary['pairs']:,} pairs proposed, {written:,} rows in the round\n")
    for name in get_args(Phase):
        phase = summary["phases"][name]
        print(f"{name:14} {phase['seconds']:9.2f} s   {phase['peak_mb'] / 1000:6.2f} GB at most so far")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KB_PER_GB
    print(f"{'the job':14} {seconds:9.2f} s   {most:6.2f} GB at most")
    print(f"\nloses at most {summary['objective']['loss_at_most']:.5f} of the best there could be")


if __name__ == "__main__":
    main()
