"""Contact details in full, for a reason, for a while, of one member, in one session; each look is on the record."""

import time
from typing import Any

from users.models import Action, User
from ygs_admin.staff.models import Staff

REVEAL_CONTACT = "users.reveal_contact"
REVEALED = "revealed"
REVEAL_SECONDS = 5 * 60


def open_contact(request: Any, user: User, reason: str) -> None:
    """Let this session read the member's contact details for `REVEAL_SECONDS`; nothing is shown or recorded yet."""
    request.session[REVEALED] = _opened(request) | {user.pk: [reason, time.time() + REVEAL_SECONDS]}


def is_contact_open(request: Any, user: User) -> bool:
    return user.pk in _opened(request) and request.user.has_perm(REVEAL_CONTACT)


def record_look(request: Any, user: User, by: Staff) -> None:
    """Put on the record that what is open is shown now, for the reason that was given."""
    reason, _until = _opened(request)[user.pk]
    user.record(Action.REVEAL, by=by, reason=reason)


def _opened(request: Any) -> dict[str, list[Any]]:
    """Return the id of each member whose time is not over → the reason and when it is."""
    opened: dict[str, list[Any]] = request.session.get(REVEALED, {})
    return {key: [reason, until] for key, (reason, until) in opened.items() if time.time() < until}
