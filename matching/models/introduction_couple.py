"""What comes of a meeting: the two see each other, marry, or part."""

from ygs_admin.staff.models import Staff

from .introduction_closing import Closable
from .introduction_status import IntroductionStatus

TOGETHER = {IntroductionStatus.MET, IntroductionStatus.DATING}


class Coupled(Closable):
    class Meta:
        abstract = True

    def start_dating(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Note that the two see each other."""
        return self.change_status(
            IntroductionStatus.DATING, allowed_from={IntroductionStatus.MET}, by=by, version=version
        )

    def stop_dating(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Say that they had only met; the inverse of `start_dating`. Two who part `end` it."""
        return self.change_status(
            IntroductionStatus.MET, allowed_from={IntroductionStatus.DATING}, by=by, version=version
        )

    def marry(self, *, by: Staff | None, version: int | None = None) -> bool:
        return self.change_status(
            IntroductionStatus.MARRIED, allowed_from={IntroductionStatus.DATING}, by=by, version=version
        )

    def unmarry(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Say that the marriage was noted by mistake; the inverse of `marry`."""
        return self.change_status(
            IntroductionStatus.DATING, allowed_from={IntroductionStatus.MARRIED}, by=by, version=version
        )

    def end(self, *, by: Staff | None, reason: str, version: int | None = None) -> bool:
        """Note that nothing further comes of it, and why."""
        return self.change_status(
            IntroductionStatus.ENDED, allowed_from=TOGETHER, by=by, reason=reason, version=version
        )

    def resume(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Have the two go on from where it ended; the inverse of `end`.

        Raises:
            VerbRefusedError: it has not ended.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by) as row:
            if row.status in TOGETHER:
                return False
            row.expect(version)
            row.refuse_unless_in({IntroductionStatus.ENDED})
            ended, met = IntroductionStatus.ENDED, IntroductionStatus.MET
            row.become(row.status_before(ended, among=TOGETHER, otherwise=met))
        return True
