"""The grid of answers: a round's pairs, what each side said, and what is overdue."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.weeks.answers import STATES, AnswerFilter, count_by_state, due_at, is_over, read_rows
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.listing import Listing

from .frame import frame
from .loading import is_fragment, load_week

PAGE_SIZE = 50


@require_safe
@needs("matching.view_matchweek")
@on_primary
def answers(request: StaffRequest, week_id: str) -> HttpResponse:
    week = load_week(week_id)
    form = AnswerFilter(request.GET, week=week, asker=request.user)
    page, count = form.read(request.GET.get("page", ""), PAGE_SIZE)
    rows = read_rows(week, page)
    shown = [answer.member.pk for row in rows for answer in row.answers]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked=form.recorded())
    context = {"form": form, "page": Listing(request, page, count, rows), "frame": {"week": week}}
    if is_fragment(request):
        return render(request, "matching/weeks/_answers.html", context)
    counted = count_by_state(week)
    context |= {
        "frame": frame(request, week, "answers"),
        "counters": [(label, f"?state={key}", counted[key]) for key, (label, _condition) in STATES.items()],
        "due_at": due_at(week),
        "is_over": is_over(week),
    }
    return render(request, "matching/weeks/answers.html", context)
