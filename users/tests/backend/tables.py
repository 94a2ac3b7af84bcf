"""The backend's own tables, created by SQLAlchemy in an empty database."""

from sqlalchemy import DateTime, MetaData
from sqlmodel.sql.sqltypes import UTCDateTime

from users.tests.backend import matching_models, user_models
from users.tests.backend.base import BackendModel
from users.tests.backend.sessions import in_own_loop, open_engine

MODEL_MODULES = (user_models, matching_models)  # Importing them is what fills the metadata.


def backend_metadata(*, aware: bool) -> MetaData:
    """A copy of the backend's tables, for DDL only; see `create_tables` for `aware`."""
    metadata = MetaData()
    for table in BackendModel.metadata.sorted_tables:
        for column in table.to_metadata(metadata).columns:
            if aware and isinstance(column.type, DateTime):
                column.type = UTCDateTime()
    return metadata


def create_tables(url: str, *, aware: bool) -> None:
    """Create every table of the backend that is not there yet.

    The time columns are `timestamp with time zone` if `aware`, as SQLModel makes them since 0.0.45, else
    `timestamp without time zone`, as in the live database.
    """

    async def create_all() -> None:
        async with open_engine(url) as engine, engine.begin() as connection:
            await connection.run_sync(backend_metadata(aware=aware).create_all)

    in_own_loop(create_all())
