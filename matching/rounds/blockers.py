"""What stands between a round and its next step, in sentences."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import MatchHistory, MatchWeek, WeekStatus
from matching.models.introduction_status import IntroductionStatus

from .eligibility import subscribed_members


def blockers_of(week: MatchWeek) -> list[str]:
    """Return why the next step can't be taken now; none where it can: run, then publish, then close."""
    if week.unfinished_job() is not None:
        return [_("This round is being worked on in the background. Wait until that is done.")]
    return list(BY_STATUS.get(week.status, _none)(week))


def _none(_week: MatchWeek) -> Iterator[str]:
    return iter(())


def _to_run(week: MatchWeek) -> Iterator[str]:
    if not subscribed_members(week).exists():
        yield _("No member can be introduced in this round.")


def _to_publish(week: MatchWeek) -> Iterator[str]:
    if not MatchHistory.objects.of_week(week).filter(status=IntroductionStatus.CONFIRMED).exists():
        yield _("No pair is confirmed yet.")


def _to_close(week: MatchWeek) -> Iterator[str]:
    count = MatchHistory.objects.of_week(week).in_time().count()
    if count:
        text = ngettext(
            "%(count)s introduction can still be answered in time.",
            "%(count)s introductions can still be answered in time.",
            count,
        )
        yield text % {"count": count}


BY_STATUS = {WeekStatus.DRAFT: _to_run, WeekStatus.REVIEW: _to_publish, WeekStatus.PUBLISHED: _to_close}
