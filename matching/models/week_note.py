"""What staff note about a round."""

from ygs_admin.staff.models import Staff

from .week_row import WeekRow


class Noted(WeekRow):
    class Meta:
        abstract = True

    def write_note(self, note: str, *, by: Staff | None) -> bool:
        """Replace the note, whatever the round's status; False where it says so already.

        Raises:
            VerbRefusedError: the round is deleted.
        """
        with self.changing(by=by) as week:
            before, week.note = week.note, note or None
        return bool(before != self.note)
