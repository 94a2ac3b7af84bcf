"""The base of every model over a table that the backend owns."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from .querysets import DeletionRefusedError
from .routing import using_primary
from .saving import SavesOnlyChanges


class SharedModel(SavesOnlyChanges):
    """A row of a table that the backend owns.

    Validation asks the primary: a value that is taken there is taken, however far the replica lags.
    """

    is_shared_table: ClassVar[bool] = True

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        with using_primary():
            super().clean_fields(exclude)

    def validate_unique(self, exclude: Any = None) -> None:
        with using_primary():
            super().validate_unique(exclude)

    def validate_constraints(self, exclude: Any = None) -> None:
        with using_primary():
            super().validate_constraints(exclude)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise DeletionRefusedError(self._meta.label)


class ConsoleModel(models.Model):
    """A row of a table of the console's own beside the shared ones, read like them."""

    is_console_table: ClassVar[bool] = True

    class Meta:
        abstract = True
