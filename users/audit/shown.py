"""The record of those whom a response shows and no view has recorded: confirmations, conflicts, sentences."""

from django.http import HttpRequest

from users.models import Action, UserAccessAudit
from ygs_admin.web.showing import register_recorder


def record_shown(request: HttpRequest, user_ids: list[str]) -> None:
    """Write one row that names them all; a single member is the row's own subject."""
    if len(user_ids) == 1:
        UserAccessAudit.record(Action.VIEW, by=request.user, user_id=user_ids[0])  # type: ignore[arg-type]
    else:
        UserAccessAudit.record_page(Action.VIEW, user_ids, by=request.user)  # type: ignore[arg-type]


register_recorder(record_shown)
