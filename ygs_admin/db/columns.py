"""The text column of the shared tables."""

from typing import Any

from django.core import checks
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

VARCHAR = "character varying"


class VarcharField(models.CharField):
    """A `varchar`, without a length unless one is given.

    It names its type `character varying`, not `varchar`: Django adds a second, `varchar_pattern_ops` index to every
    indexed column whose type it spells `varchar`, and the backend's tables have no such indexes.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return VARCHAR if self.max_length is None else f"{VARCHAR}({self.max_length})"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.db_type(connection)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [message for message in super().check(**kwargs) if message.id != "fields.E120"]
