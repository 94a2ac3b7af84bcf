"""What every model of the backend stands on: a registry of its own, and the reference's mapping of times."""

from sqlalchemy import DateTime, MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime


class BackendModel(SQLModel, registry=registry()):
    """Base of the backend's tables; its metadata holds them alone, never `SQLModel.metadata`."""


def map_times_as_naive(metadata: MetaData) -> None:
    """Give `datetime` fields the type they had when the reference was written (SQLModel up to 0.0.44).

    Call it once, right after the classes are declared: mappers and compiled statements remember the types they saw.
    """
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, UTCDateTime):
                column.type = DateTime(timezone=False)
