"""Django's PostgreSQL backend, right about times over `timestamp` and `timestamptz` alike, that tells what it sees."""

from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import base
from django.utils.functional import cached_property
from psycopg.types.datetime import TimestamptzLoader

from ygs_admin.db.aliases import PRIMARY

from .noting import NotingCursor, NotingErrors, count_query
from .operations import DatabaseOperations
from .patience import NoAnswerError, within
from .pooler import is_pooled, refuse_writable

if TYPE_CHECKING:
    from ygs_admin.db.replication.observer import Observer

PATIENCE_SECONDS = 1.0


def _exact_loader(zone: tzinfo | None) -> type[TimestamptzLoader]:
    """Return a loader that converts to Django's zone, where Django's own overwrites the zone that it finds.

    The two differ when the session's time zone is not Django's (set by a role, a pooler or an operator): then the
    stock loader is wrong by the offset between them.
    """

    class ExactTimestamptzLoader(TimestamptzLoader):
        timezone = zone

        def load(self, data: Any) -> Any:
            return super().load(data).astimezone(zone)

    return ExactTimestamptzLoader


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(count_query)

    @cached_property
    def wrap_database_errors(self) -> NotingErrors:
        return NotingErrors(self)

    def get_connection_params(self) -> Any:
        parameters = super().get_connection_params()
        return parameters | {"cursor_factory": NotingCursor} if self.alias == PRIMARY else parameters

    def get_new_connection(self, conn_params: Any) -> Any:
        """Connect. To a node that hangs it fails at once, or each request would wait for a time-out of its own."""
        if _observer().hangs(self.alias):
            raise NoAnswerError
        connection = within(super().get_new_connection(conn_params), self._is_worth_waiting_for)
        if self.alias != PRIMARY and is_pooled(self):
            refuse_writable(connection)
        return connection

    def is_usable(self) -> bool:
        return not _observer().hangs(self.alias) and bool(super().is_usable())

    def _is_worth_waiting_for(self, waited: float) -> bool:
        """A long statement may take its time, as long as its node answers those who look how it is."""
        return waited < PATIENCE_SECONDS or not _observer().is_silent(self.alias)

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self.connection.adapters.register_loader("timestamptz", _exact_loader(self.timezone))


def _observer() -> "Observer":
    from ygs_admin.db.replication.observer import observer  # noqa: PLC0415 - which imports this package

    return observer
