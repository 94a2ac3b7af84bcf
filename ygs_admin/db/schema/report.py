"""What the schema check found."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a finding is about. The first group refuses or falsifies what the console does, the second does not."""

    MISSING_TABLE = "missing_table"
    MISSING_COLUMN = "missing_column"
    TYPE = "type"
    LENGTH = "length"
    NULLABILITY = "nullability"
    READ_ONLY_COLUMN = "read_only_column"
    REQUIRED_COLUMN = "required_column"
    MISSING_PRIMARY_KEY = "missing_primary_key"
    MISSING_UNIQUE = "missing_unique"
    MISSING_FOREIGN_KEY = "missing_foreign_key"
    FOREIGN_KEY_ACTION = "foreign_key_action"
    ENCODING = "encoding"
    CTYPE = "ctype"
    MISSING_OBJECT = "missing_object"
    BROKEN_OBJECT = "broken_object"

    TIME_ZONE = "time_zone"
    MISSING_INDEX = "missing_index"
    EXTRA_COLUMN = "extra_column"
    EXTRA_INDEX = "extra_index"
    EXTRA_FOREIGN_KEY = "extra_foreign_key"
    EXTRA_CHECK = "extra_check"


NOTES = frozenset(
    {
        Kind.TIME_ZONE,
        Kind.MISSING_INDEX,
        Kind.EXTRA_COLUMN,
        Kind.EXTRA_INDEX,
        Kind.EXTRA_FOREIGN_KEY,
        Kind.EXTRA_CHECK,
    }
)

HINTS: dict[Kind, Promise] = {
    Kind.MISSING_TABLE: _("The backend creates this table: check the database, its search path, and the release."),
    Kind.MISSING_COLUMN: _("Every read of the table fails: bring the backend's migrations and the models together."),
    Kind.TYPE: _("Values may be refused or read as something else: change the model or have the backend change it."),
    Kind.LENGTH: _("One side accepts text that the other refuses: give both the same length."),
    Kind.NULLABILITY: _("One side writes null where the other expects none: agree on one."),
    Kind.READ_ONLY_COLUMN: _("The database computes this column, so the console's writes are refused."),
    Kind.REQUIRED_COLUMN: _("The console cannot insert rows: add the column to the model, or give it a default."),
    Kind.MISSING_PRIMARY_KEY: _("Two rows may have one key: have the backend restore its primary key."),
    Kind.MISSING_UNIQUE: _("Duplicates are accepted: have the backend restore its unique constraint or index."),
    Kind.MISSING_FOREIGN_KEY: _("Rows may point at nothing: have the backend restore its foreign key."),
    Kind.FOREIGN_KEY_ACTION: _("Deleting a row changes others unrecorded: the key must have no ON DELETE action."),
    Kind.ENCODING: _("Korean is not stored safely: create the database with ENCODING 'UTF8'."),
    Kind.CTYPE: _("Search and case do not know Korean: create the database with a UTF-8 LC_CTYPE, such as C.UTF-8."),
    Kind.MISSING_OBJECT: _("The console's own: run “manage.py migrate”."),
    Kind.BROKEN_OBJECT: _("An index left invalid, or a trigger switched off: REINDEX it, or ENABLE it."),
    Kind.TIME_ZONE: _("Both column types work: newer SQLModel releases create the other one."),
    Kind.MISSING_INDEX: _("Everything works, some of it slowly: the data dictionary marks this index."),
    Kind.EXTRA_COLUMN: _("The console neither reads nor writes it."),
    Kind.EXTRA_INDEX: _("Not in the data dictionary; a unique one may refuse what the console writes."),
    Kind.EXTRA_FOREIGN_KEY: _("Not in the data dictionary; it may refuse what the console writes."),
    Kind.EXTRA_CHECK: _("Not in the data dictionary; it may refuse what the console writes."),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is not as expected.

    `table` is empty for the database itself, `column` for a whole table; several columns are separated by ", ".

    `expected` and `found` are in PostgreSQL's words, empty where there is nothing; only the hint is translated.
    """

    kind: Kind
    table: str = ""
    column: str = ""
    expected: str = ""
    found: str = ""

    @property
    def hint(self) -> str:
        return str(HINTS[self.kind])

    def as_json(self) -> dict[str, str]:
        return {
            "table": self.table,
            "column": self.column,
            "kind": self.kind,
            "expected": self.expected,
            "found": self.found,
            "hint": self.hint,
        }


@dataclass
class Report:
    """Differences that matter, and notes on what is tolerated."""

    differences: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Self:
        report = cls()
        for finding in findings:
            (report.notes if finding.kind in NOTES else report.differences).append(finding)
        return report

    def __add__(self, other: "Report") -> "Report":
        return Report(self.differences + other.differences, self.notes + other.notes)

    @property
    def ok(self) -> bool:
        return not self.differences

    def as_json(self) -> dict[str, object]:
        return {
            "ok": self.ok,
            "differences": [finding.as_json() for finding in self.differences],
            "notes": [finding.as_json() for finding in self.notes],
        }
