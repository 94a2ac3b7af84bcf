"""Two or three candidates of a member side by side."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.candidates.comparing import compared, wishes_met
from matching.candidates.judging import current_round
from users.models import Action, UserAccessAudit
from users.views.loading import load_live_member
from ygs_admin.web.access import StaffRequest, needs

from .loading import load_others

MOST = 3


@require_safe
@needs("matching.view_matchhistory")
@needs("users.view_userpreference")
def compare(request: StaffRequest, user_id: str) -> HttpResponse:
    member = load_live_member(request, user_id)
    others = load_others(request, user_id, most=MOST)
    if not others:
        raise Http404
    shown = [member.pk, *(other.pk for other in others)]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked={"compare": member.pk})
    columns = compared(member, others, current_round())
    context = {
        "member": member,
        "columns": columns,
        "wishes": wishes_met(columns),
        "may_introduce": request.user.has_perm("matching.add_matchhistory")
        and any(not column.hindrances for column in columns),
    }
    return render(request, "matching/candidates/compare.html", context)
