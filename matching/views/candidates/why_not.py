"""Why not these two: anybody is found, and everything that stands against the pair is said."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.candidates.comparing import compared
from matching.candidates.judging import current_round
from matching.forms.search import SearchForm
from matching.weeks.finding import read_members
from users.models import Action, MemberSearch, User, UserAccessAudit
from users.views.loading import load_live_member
from ygs_admin.web.access import StaffRequest, needs

from .loading import load_others

FOUND = 20


@require_safe
@needs("matching.view_matchhistory")
@needs("users.view_userpreference")
def why_not(request: StaffRequest, user_id: str) -> HttpResponse:
    member = load_live_member(request, user_id)
    others = load_others(request, user_id)
    form = SearchForm(request.GET, asker=request.user)
    found = [] if others else _found(form, member)
    shown = [each.pk for each in (member, *others, *found)]
    asked = {"why_not": member.pk, **({"q": form.understood.on_record} if form.understood else {})}
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked=asked)
    context: dict[str, Any] = {
        "member": member,
        "form": form,
        "found": found,
        "verdict": next(iter(compared(member, others, current_round())), None),
        "may_introduce": request.user.has_perm("matching.add_matchhistory"),
    }
    return render(request, "matching/candidates/why_not.html", context)


def _found(form: SearchForm, member: User) -> list[User]:
    """Return some of the members whom a search means, whatever stands against them."""
    if form.understood is None:
        return []
    rows = MemberSearch.objects.live().matching(form.understood).exclude(user_id=member.pk)
    return read_members(list(rows.order_by("-user_id").values_list("user_id", flat=True)[:FOUND]))
