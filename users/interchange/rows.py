"""From the cells of one record to a member, or to the reasons why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from users.models import User, UserProfile, UserStatus

from .cells import is_blank, says_nothing, unescaped
from .columns import BY_NAME, Column
from .headers import Layout
from .reading import RECORD_LIMIT, Fault, Record


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row. `column` is the database's name, `title` what the file calls it; both may be empty."""

    reason: str
    column: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    line: int
    cells: Sequence[str]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class BlankRow:
    line: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A row that describes a member: column name → value, for the columns that the file has."""

    line: int
    cells: Sequence[str]
    values: dict[str, Any] = field(repr=False)

    @property
    def phone(self) -> str:
        return str(self.values["phone"])

    @property
    def fingerprint(self) -> bytes:
        """Equal for two rows of one file that say the same."""
        return blake2b(repr(self.values).encode(), digest_size=16).digest()

    def member(self) -> tuple[User, UserProfile]:
        """Return the unsaved member and profile."""
        user, profile = User(), UserProfile()
        for name, value in self.values.items():
            setattr(user if BY_NAME[name].model is User else profile, name, value)
        profile.id = user.pk
        profile.user = user
        return user, profile

    def rejected(self, *problems: Problem) -> RejectedRow:
        return RejectedRow(self.line, self.cells, problems)


class RowReader:
    """Reads the records of one file."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._places = [(place, column) for place, column in enumerate(layout.columns) if column]
        stated = {column.name for _place, column in self._places}
        self._unstated = {field.name for model in (User, UserProfile) for field in model._meta.fields} - stated
        self._untitled = [place for place, title in enumerate(layout.header) if is_blank(title)]

    def read(self, record: Record) -> MemberRow | RejectedRow | BlankRow:
        if all(map(is_blank, record.cells)):
            return BlankRow(record.line)
        if problem := self._broken(record):
            return RejectedRow(record.line, record.cells, [problem])
        values, problems = self._cleaned(record.cells)
        row = MemberRow(record.line, record.cells, values)
        if problems := problems or self._refused_by_models(row):
            return row.rejected(*problems)
        return row

    def _broken(self, record: Record) -> Problem | None:
        """Return why the cells can't be told apart. A row with a cell too many or too few is never shifted."""
        if record.fault is Fault.TOO_LONG:
            return Problem(_("The row is longer than %(limit)s characters.") % {"limit": RECORD_LIMIT})
        if record.fault is Fault.UNBALANCED_QUOTES:
            return Problem(_("A quotation mark is not closed, or closes in the middle of a cell."))
        if len(record.cells) != self._layout.width:
            counts = {"cells": len(record.cells), "columns": self._layout.width}
            return Problem(_("The row has %(cells)s cells, the header %(columns)s.") % counts)
        if any(not is_blank(record.cells[place]) for place in self._untitled):
            return Problem(_("A cell has a value, its column no title."))
        return None

    def _cleaned(self, cells: Sequence[str]) -> tuple[dict[str, Any], list[Problem]]:
        values: dict[str, Any] = {}
        problems = []
        for place, column in self._places:
            try:
                values[column.name] = cleaned(column, cells[place])
            except ValidationError as error:
                problems.append(self._problem(column, error))
        return values, problems

    def _refused_by_models(self, row: MemberRow) -> list[Problem]:
        """Ask the models' own validation, which may have rules that no cell's cleaning knows."""
        problems = []
        for record in row.member():
            try:
                record.clean_fields(exclude=self._unstated)
            except ValidationError as error:
                problems += [self._problem(BY_NAME[name], errors[0]) for name, errors in error.error_dict.items()]
        return problems

    def _problem(self, column: Column, error: ValidationError) -> Problem:
        title = next(self._layout.header[place] for place, other in self._places if other is column)
        return Problem(" ".join(error.messages), column.name, title.strip())


def cleaned(column: Column, cell: str) -> Any:
    """Return the value of a cell, None where it states none.

    Raises:
        ValidationError: the cell makes no sense, or is needed and empty.
    """
    text = unescaped(cell)
    if not (is_blank(text) if column.is_text else says_nothing(text)):
        return column.clean(text)
    if column.is_required:
        raise ValidationError(_("This is needed."), code="required")
    return UserStatus.PENDING.value if column.name == "status" else None
