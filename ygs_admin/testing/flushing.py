"""Emptying the test database after a transactional test, append-only tables included."""

from collections.abc import Iterable

from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from ygs_admin.demo.cluster import Cluster

# Django empties the tables of the models that it manages, and the queue's are not.
EMPTY_QUEUE = "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"


def flush_as_superuser(cluster: Cluster) -> None:
    """Replace Django's own way for the rest of the run: triggers of those tables refuse TRUNCATE to everybody else."""

    def execute(operations: BaseDatabaseOperations, statements: Iterable[str]) -> None:
        database = operations.connection.settings_dict["NAME"]
        with cluster.primary.connect(database) as superuser, superuser.transaction():
            superuser.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                superuser.execute(statement.encode())
            superuser.execute(EMPTY_QUEUE)

    type(connection.ops).execute_sql_flush = execute  # type: ignore[assignment,method-assign]
