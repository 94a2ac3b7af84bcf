"""What an import did with a file. Every row is counted once."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .rows import RejectedRow


@dataclass
class Summary:
    """`read` = `created` + `unchanged` + `rejected` + `blank`; in a dry run `created` are those who would be."""

    file: str
    encoding: str
    is_dry_run: bool
    ignored_columns: list[str] = field(default_factory=list)
    read: int = 0
    created: int = 0
    unchanged: int = 0
    rejected: int = 0
    blank: int = 0
    rejected_by_column: Counter[str] = field(default_factory=Counter)
    rejects_file: str | None = None

    def note_rejected(self, row: RejectedRow) -> None:
        """Count a row once, and each column that it failed on; the row as a whole where no column is to blame."""
        self.rejected += 1
        self.rejected_by_column.update({problem.column or "row" for problem in row.problems})

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "rejected_by_column": dict(self.rejected_by_column)}

    def lines(self) -> list[str]:
        """Return the summary as a person reads it."""
        created = _("%(count)s would be created") if self.is_dry_run else _("%(count)s created")
        counts = [
            created % {"count": f"{self.created:,}"},
            _("%(count)s unchanged") % {"count": f"{self.unchanged:,}"},
            _("%(count)s rejected") % {"count": f"{self.rejected:,}"},
            _("%(count)s blank") % {"count": f"{self.blank:,}"},
        ]
        lines = [_("%(count)s rows read") % {"count": f"{self.read:,}"} + ": " + ", ".join(counts)]
        if self.ignored_columns:
            lines.append(_("Ignored columns: %(columns)s") % {"columns": ", ".join(self.ignored_columns)})
        if self.rejects_file:
            lines.append(_("Rejected rows, with reasons: %(path)s") % {"path": self.rejects_file})
        return lines
