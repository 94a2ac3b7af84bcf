"""The chart of sign-ups by week and gender."""

from collections import Counter
from datetime import date

from django.db.models import Count, DateField
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from users.models import Gender, MemberSearch
from ygs_admin.staff.models import Staff
from ygs_admin.web.charts import ColumnChart, Series
from ygs_admin.web.days import midnight, recent_mondays

from .card import Panel
from .recent import WEEKS, kept_for_a_minute

TONES = {Gender.MALE: "strong", Gender.FEMALE: "soft"}


def sign_ups_by_week(mondays: list[date]) -> Counter[tuple[date, str]]:
    """Count the live members who signed up since the first of these days, by (Monday, gender), in one query."""
    rows = MemberSearch.objects.live().filter(created_at__gte=midnight(mondays[0]))
    counted = (
        rows.annotate(week=TruncWeek("created_at", output_field=DateField()))
        .values_list("week", "gender")
        .annotate(Count("pk"))
    )
    return Counter({(week, gender): count for week, gender, count in counted})


def _chart(staff: Staff) -> ColumnChart:
    mondays = recent_mondays(WEEKS)
    found = kept_for_a_minute("sign_ups", mondays, sign_ups_by_week)
    series = [
        Series(Gender(gender).label, tone, [found[monday, gender] for monday in mondays])
        for gender, tone in TONES.items()
    ]
    totals = [sum(column) for column in zip(*(one.values for one in series), strict=True)]
    summary = ngettext("%(count)s sign-up in %(weeks)s weeks", "%(count)s sign-ups in %(weeks)s weeks", sum(totals)) % {
        "count": sum(totals),
        "weeks": WEEKS,
    }
    return ColumnChart(
        key="sign-ups",
        title=_("Sign-ups by week"),
        summary=summary,
        labels_title=_("Week from"),
        marks_title=_("Total"),
        labels=[f"{monday:%m/%d}" for monday in mondays],
        series=series,
        marks=[str(total) for total in totals],
    )


SIGN_UPS_BY_WEEK = Panel("sign_ups_by_week", "partials/chart.html", "users.view_user", _chart)
