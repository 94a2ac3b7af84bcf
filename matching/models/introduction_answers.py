"""The answers of the two sides, apart: recorded, corrected, withdrawn, and given up waiting for."""

from typing import Any

from django.utils import timezone

from ygs_admin.staff.models import Staff

from .introduction_closing import Closable
from .introduction_status import IntroductionStatus, Response

ANSWERED = {Response.ACCEPTED, Response.DECLINED}
ANSWERABLE = {IntroductionStatus.INTRODUCED, IntroductionStatus.ACCEPTED, IntroductionStatus.DECLINED}


class Answerable(Closable):
    a_response: Any
    b_response: Any
    a_responded_at: Any
    b_responded_at: Any

    class Meta:
        abstract = True

    @property
    def responses(self) -> tuple[str, str]:
        return self.a_response, self.b_response

    def side(self, user_id: str) -> str:
        """Return `a` or `b`.

        Raises:
            ValueError: this member is neither of the two.
        """
        return "ab"[self.user_ids.index(user_id)]

    def response_of(self, user_id: str) -> str:
        return str(getattr(self, f"{self.side(user_id)}_response"))

    def answer(self, *, by: Staff | None, side_of: str, response: str, version: int | None = None) -> bool:
        """Record one side's answer, or correct it as long as no date was fixed; False where it stands so already.

        Both accepted makes the introduction `accepted`, one refusal `declined`. `side_of` is the member's id.

        Raises:
            VerbRefusedError: the two are not waited for, or have come further.
            RowConflictError: the row is not the one that the person's page showed.
        """
        if response not in ANSWERED:
            raise ValueError(response)
        return self._set_response(side_of, response, by=by, version=version)

    def withdraw_answer(self, *, by: Staff | None, side_of: str, version: int | None = None) -> bool:
        """Take one side's answer back, as if it had not been given; the inverse of `answer`."""
        return self._set_response(side_of, Response.PENDING, by=by, version=version)

    def expire(self, *, by: Staff | None = None, version: int | None = None) -> bool:
        """Wait no longer: whoever has not answered did not answer. False where that is done already."""
        with self.changing(by=by) as row:
            if row.status == IntroductionStatus.EXPIRED:
                return False
            row.expect(version)
            row.refuse_unless_in({IntroductionStatus.INTRODUCED})
            row._replace_responses(Response.PENDING, Response.NO_ANSWER)
            row.become(IntroductionStatus.EXPIRED)
        return True

    def wait_again(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Wait for the answers that did not come; the inverse of `expire`."""
        with self.changing(by=by) as row:
            if row.status == IntroductionStatus.INTRODUCED:
                return False
            row.expect(version)
            row.refuse_unless_in({IntroductionStatus.EXPIRED})
            row._replace_responses(Response.NO_ANSWER, Response.PENDING)
            row.become(IntroductionStatus.INTRODUCED)
        return True

    def _set_response(self, side_of: str, response: str, *, by: Staff | None, version: int | None) -> bool:
        side = self.side(side_of)
        with self.changing(by=by) as row:
            if row.response_of(side_of) == response:
                return False
            row.expect(version)
            row.refuse_unless_in(ANSWERABLE)
            setattr(row, f"{side}_response", response)
            setattr(row, f"{side}_responded_at", timezone.now() if response in ANSWERED else None)
            if (status := status_by(row.responses)) != row.status:
                row.become(status)
        return True

    def _replace_responses(self, old: str, new: str) -> None:
        for column in ("a_response", "b_response"):
            if getattr(self, column) == old:
                setattr(self, column, new)


def status_by(responses: tuple[str, str]) -> str:
    """Return what two answers make of an introduction."""
    if Response.DECLINED in responses:
        return IntroductionStatus.DECLINED
    if set(responses) == {Response.ACCEPTED}:
        return IntroductionStatus.ACCEPTED
    return IntroductionStatus.INTRODUCED
