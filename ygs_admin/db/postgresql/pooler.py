"""PgBouncer in transaction mode, where the next transaction may run on another of its connections to the node.

So nothing is asked for when a connection begins (`options`, which PgBouncer refuses), nothing is SET for longer than a
transaction, and nobody listens for notifications. The session's time zone alone may be set: PgBouncer keeps it for each
of its clients, with `client_encoding`, `DateStyle`, `standard_conforming_strings` and `application_name`.
"""

import logging
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

TRANSACTION = "transaction"
HEALTH = "_health"
"""Ends the name of the database by which the nodes are looked at: a pool of its own, which no crowd of pages fills."""
# PgBouncer has one SQLSTATE for all that it says itself.
FULL = ("query_wait_timeout", "no more connections allowed")
NOT_READ_ONLY = "The pooler's sessions of a replica are not read-only: its database there has no such connect_query."

logger = logging.getLogger(__name__)


def is_pooled(connection: BaseDatabaseWrapper) -> bool:
    return connection.settings_dict.get("POOLER") == TRANSACTION


def is_full(error: psycopg.Error) -> bool:
    """Tell whether there was no connection to be had in time, which says nothing of the node behind."""
    return any(words in str(error) for words in FULL)


def refuse_writable(connection: "psycopg.Connection[Any]") -> None:
    """Close a replica's connection whose sessions would write on a node that was promoted.

    Raises:
        OperationalError: the pooler's `connect_query` for this database does not make its sessions read-only.
    """
    connection.autocommit = True
    row = connection.execute("SHOW default_transaction_read_only").fetchone()
    if row != ("on",):
        connection.close()
        logger.error(NOT_READ_ONLY)
        raise psycopg.OperationalError(NOT_READ_ONLY)
