"""Prefixed ULIDs: `usr_01HQ5K3NXYZ…`, the primary keys of every table.

A ULID (https://github.com/ulid/spec) is 48 bits of milliseconds and 80 random bits in Crockford's base32. The first
of its 26 characters is 0-7, since 26 characters could hold 130 bits and a ULID has 128.
"""

import os
import re
import secrets
import threading
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import register_converter
from django.urls.converters import get_converters
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from ulid import ULID

from .columns import VarcharField

ULID_PATTERN = "[0-7][0-9A-HJKMNP-TV-Z]{25}"
RANDOM_BITS = 80


class OrderedULIDs:
    """Makes ULIDs of which each is greater than every one made before it in this process.

    Safe across threads: clock and counter move under one lock. A clock that steps back is survived by counting on from
    the last id. A forked child starts anew, so that it never counts on from its parent's last id.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> ULID:
        now = time.time_ns() // 1_000_000
        with self._lock:
            fresh = (now << RANDOM_BITS) | secrets.randbits(RANDOM_BITS)
            is_new_millisecond = now > self._last >> RANDOM_BITS
            self._last = fresh if is_new_millisecond else self._last + 1
            return ULID.from_int(self._last)


_ulids = OrderedULIDs()


def _start_anew() -> None:
    global _ulids  # noqa: PLW0603 - one generator a process, replaced in a forked child
    _ulids = OrderedULIDs()


os.register_at_fork(after_in_child=_start_anew)


def new_id(prefix: str) -> str:
    """Return a new id such as `usr_01J9…`; see `OrderedULIDs` for its order."""
    return f"{prefix}_{_ulids.next()}"


def is_id(prefix: str, text: str) -> bool:
    """Tell whether `text` is that prefix, an underscore and a valid ULID, and nothing else."""
    return re.fullmatch(f"{prefix}_{ULID_PATTERN}", text) is not None


@deconstructible
class PrefixedULIDValidator:
    """Refuses whatever is not an id with this prefix."""

    message = _("Enter an id that begins with “%(prefix)s_” and a valid ULID.")
    code = "invalid_id"

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def __call__(self, value: object) -> None:
        if not isinstance(value, str) or not is_id(self.prefix, value):
            raise ValidationError(self.message, code=self.code, params={"prefix": self.prefix, "value": value})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PrefixedULIDValidator) and other.prefix == self.prefix

    def __hash__(self) -> int:
        return hash(self.prefix)


class PrefixedULIDField(VarcharField):
    """A `varchar` column of ids with one prefix.

    With `generated` (the default) a new row gets an id of its own; without it the row takes another row's id, as a
    profile takes its member's.
    """

    def __init__(self, *args: Any, prefix: str, generated: bool = True, **kwargs: Any) -> None:
        self.prefix = prefix
        self.generated_by_client = generated
        if generated:
            kwargs["default"] = partial(new_id, prefix)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
        self.validators.append(PrefixedULIDValidator(prefix))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        kwargs.update(prefix=self.prefix, generated=self.generated_by_client)
        return name, path, args, kwargs

    def to_python(self, value: Any) -> Any:
        """Refuse a malformed id before it reaches the database, so that a URL made by hand is a plain "not found"."""
        if value is not None and value != "":
            PrefixedULIDValidator(self.prefix)(value)
        return super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        """Let a look-up by something that is no id find nothing; PostgreSQL would refuse a NUL."""
        prepared = models.Field.get_prep_value(self, value)
        return prepared if prepared is None else str(prepared).replace("\x00", "\ufffd")


def register_id_converter(prefix: str) -> None:
    """Make `<prefix:name>` match ids with this prefix in URL patterns; anything else is a 404.

    Each module of URLs registers what its own patterns name, whichever was read first.
    """
    if prefix in get_converters():
        return
    members = {
        "regex": f"{prefix}_{ULID_PATTERN}",
        "to_python": staticmethod(str),
        "to_url": staticmethod(str),
    }
    register_converter(type(f"{prefix.title()}IdConverter", (), members), prefix)
