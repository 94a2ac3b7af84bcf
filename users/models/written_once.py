"""Rows that are written once: neither changed nor deleted. The database refuses it too."""

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(Exception):
    """Somebody would change or delete a row that is written once."""


class WrittenOnce(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **{"force_insert": True} | kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError
