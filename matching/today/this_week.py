"""The round of the running week, and what comes next for it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.models import MatchWeek, WeekStatus
from users.today.card import Card, Figure
from ygs_admin.staff.models import Staff

NEXT_STEPS = {
    WeekStatus.DRAFT: gettext_lazy("Next: propose the introductions"),
    WeekStatus.GENERATING: gettext_lazy("The introductions are being proposed"),
    WeekStatus.REVIEW: gettext_lazy("Next: confirm and publish"),
    WeekStatus.PUBLISHED: gettext_lazy("Next: follow the answers"),
    WeekStatus.CLOSED: gettext_lazy("Nothing is left to do"),
}


def _this_week(staff: Staff) -> Figure:
    year, number, _day = timezone.localdate().isocalendar()
    week = MatchWeek.objects.filter(iso_year=year, iso_week=number).first()
    if week is None:
        return Figure(_("Not opened"), _("Next: open the week"), reverse("matching:weeks"))
    next_step = str(NEXT_STEPS.get(week.status, ""))
    return Figure(week.get_status_display(), next_step, reverse("matching:week", args=[week.pk]))


THIS_WEEK = Card("this_week", gettext_lazy("This week's round"), "matching.view_matchweek", _this_week)
