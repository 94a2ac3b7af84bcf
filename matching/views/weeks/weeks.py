"""The list of rounds, the latest first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.models import MatchWeek
from matching.weeks.steps import NEXT
from matching.weeks.summary import coverage_of, outcomes_of
from users.models import Gender
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.keyset import Cursor, SortKey, bounded_count, read_page
from ygs_admin.web.listing import Listing

PAGE_SIZE = 26
LATEST = (SortKey("iso_year", descending=True), SortKey("iso_week", descending=True))


@require_safe
@needs("matching.view_matchweek")
@on_primary
def weeks(request: StaffRequest) -> HttpResponse:
    rows = MatchWeek.objects.all()
    page = read_page(rows, LATEST, Cursor.decode(request.GET.get("page", ""), LATEST, MatchWeek), PAGE_SIZE)
    found = rows.in_bulk([row["pk"] for row in page.rows])
    shown = [found[row["pk"]] for row in page.rows if row["pk"] in found]
    listing = Listing(request, page, bounded_count(rows), _described(shown))
    return render(request, "matching/weeks/list.html", {"page": listing})


def _described(weeks: list[MatchWeek]) -> list[dict[str, Any]]:
    outcomes, genders = outcomes_of(weeks), dict(Gender.choices)
    return [
        {
            "week": week,
            "outcome": outcomes[week.pk],
            "coverage": [(genders.get(gender, gender), share) for gender, share in coverage_of(week)],
            "next": NEXT.get(week.status, ""),
        }
        for week in weeks
    ]
