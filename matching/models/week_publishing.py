"""Publishing a round: the job that introduces its confirmed pairs, each once however often it is asked for."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from users.masking import mask_name
from users.models.status import VerbRefusedError
from ygs_admin.jobs.models import Job, JobItem
from ygs_admin.staff.models import Staff

from .introduction_status import IntroductionStatus
from .week_row import JOB_PARAMETER, WeekRow, WeekStatus

PUBLISH = "match_publish"
SENT = (WeekStatus.PUBLISHED, WeekStatus.CLOSED)


class Publishes(WeekRow):
    introductions: Any

    class Meta:
        abstract = True

    def publish(self, *, by: Staff) -> Job:
        """Introduce the confirmed pairs in the background; return the job, the one that there is if there is one.

        Pairs that are only proposed are not introduced. What stands against a pair by then holds it back, and no
        other. An introduction is canceled one by one, which gives it back; a publication as a whole is not.

        Raises:
            VerbRefusedError: the round was not run yet, is being run, or no pair is confirmed.
        """
        with transaction.atomic():
            week = self.locked()
            if (started := week.publication()) is not None and (week.status in SENT or not started.is_finished):
                return started
            if week.status in SENT:
                raise VerbRefusedError(_("This round is published already."))
            week.refuse_unless_open_to_changes()
            week.refuse_unless_in({WeekStatus.REVIEW})
            items = list(week._items())
            if not items:
                raise VerbRefusedError(_("No pair is confirmed yet."))
            return Job.start(PUBLISH, by=by, parameters={JOB_PARAMETER: week.pk}, items=items)

    def publication(self) -> Job | None:
        """Return the last job that published this round, None where none did, or it was long ago."""
        jobs = Job.objects.filter(kind=PUBLISH, parameters__contains={JOB_PARAMETER: self.pk})
        return jobs.order_by("-created_at").first()

    def _items(self) -> Iterator[JobItem]:
        confirmed = self.introductions.filter(status=IntroductionStatus.CONFIRMED).order_by("-score", "pk")
        for key, *names in confirmed.values_list("pk", "user_a__name", "user_b__name"):
            yield JobItem(subject_id=key, subject_label=" · ".join(map(mask_name, names)))
