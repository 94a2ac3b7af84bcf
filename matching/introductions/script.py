"""What a matchmaker writes to either side once both have accepted: the other's name and how to reach them.

The texts are Korean whichever language the matchmaker works in: members read them.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.models import IntroductionStatus, MatchHistory, Response
from users import phones
from users.models import User
from users.models.status import VerbRefusedError

GIVES_CONTACTS = {
    IntroductionStatus.ACCEPTED,
    IntroductionStatus.DATE_FIXED,
    IntroductionStatus.MET,
    IntroductionStatus.DATING,
}
GREETING = (
    "{own}님, 안녕하세요. 소개해 드린 {other}님과 서로 만남에 동의하셨습니다.\n"
    "{other}님의 연락처는 {phone}입니다.{kakao}{date}\n"
    "편하실 때 먼저 인사를 나누어 보세요. 연락처는 만남을 위해서만 써 주시기 바랍니다."
)


@dataclass(frozen=True)
class Message:
    """A text for one side, `to`, which carries the contact details of the other, `about`."""

    to: User
    about: User
    text: str


def may_have_script(introduction: MatchHistory) -> bool:
    """Tell whether both have accepted, and nothing has come in between."""
    both = set(introduction.responses) == {Response.ACCEPTED}
    return both and introduction.status in GIVES_CONTACTS


def refuse_script(introduction: MatchHistory) -> None:
    """Raise `VerbRefusedError` as long as contact details must not be passed on."""
    if not may_have_script(introduction):
        raise VerbRefusedError(_("Contact details are passed on only while both have accepted."))
    if introduction.user_a.is_deleted or introduction.user_b.is_deleted:
        raise VerbRefusedError(_("One of the two is deleted: there is nobody to pass contact details on to."))


def messages_of(introduction: MatchHistory) -> list[Message]:
    """Return the texts for both sides. They hold names and contact details in full: put the look on record first."""
    a, b = introduction.user_a, introduction.user_b
    plan = introduction.plan()
    return [Message(to, about, _text(to, about, plan)) for to, about in ((a, b), (b, a))]


def _text(to: User, about: User, plan: dict[str, Any] | None) -> str:
    return GREETING.format(
        own=to.name,
        other=about.name,
        phone=phones.written(about.phone),
        kakao=f"\n카카오톡 아이디는 {about.kakao_id}입니다." if about.kakao_id else "",
        date=_date(plan),
    )


def _date(plan: dict[str, Any] | None) -> str:
    if not plan or not plan["meets_at"]:
        return ""
    when = timezone.localtime(plan["meets_at"])
    place = f", {plan['place']}" if plan["place"] else ""
    return f"\n만남은 {when.month}월 {when.day}일 {when:%H:%M}{place}으로 잡혀 있습니다."
