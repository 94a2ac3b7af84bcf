"""Publishing a round: what stands against a pair by then, and the job that introduces the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.models.forbidden_pair import ForbiddenPair
from matching.models.introduction import MatchHistory
from matching.models.introduction_changing import SideRefusedError
from matching.models.introduction_status import IntroductionStatus
from matching.models.week import MatchWeek, WeekStatus
from matching.models.week_publishing import PUBLISH
from users.masking import mask_name
from users.models import Action, User
from users.models.status import VerbRefusedError
from ygs_admin.jobs.errors import JobFailedError
from ygs_admin.jobs.kinds import JobKind, register_kind
from ygs_admin.jobs.models import Job, JobItem, JobStatus, Outcome
from ygs_admin.jobs.run import Run

from .chunks import batches
from .eligibility import Ineligibility, ineligibilities_of
from .running import PERMISSION, describe, locked_week, steps

AT_ONCE = 2000
MET_BEFORE = Ineligibility("met_before", gettext_lazy("These two were introduced to each other before."))
FORBIDDEN = Ineligibility("forbidden", gettext_lazy("This pair is forbidden in this round."))


@dataclass(frozen=True)
class Hindrance:
    """What stands against a pair; `member` is of whom it speaks, None for both."""

    reason: Ineligibility
    member: User | None = None

    @property
    def sentence(self) -> str:
        """Return what a job's page shows: it names nobody in full."""
        return f"{mask_name(self.member.name)}: {self.reason.sentence}" if self.member else str(self.reason.sentence)


@dataclass(frozen=True)
class HeldBack:
    pair: MatchHistory
    hindrances: list[Hindrance]


@dataclass
class PublishPreview:
    """What publishing would do now: how many are introduced, who is held back, how many nobody has confirmed."""

    introduced: int = 0
    unconfirmed: int = 0
    held_back: list[HeldBack] = field(default_factory=list)


def publish_preview(week: MatchWeek) -> PublishPreview:
    """Say what publishing would do, without doing it: a few statements for each couple of thousand pairs."""
    unsent = MatchHistory.objects.of_week(week).unsent()
    preview = PublishPreview(unconfirmed=unsent.filter(status=IntroductionStatus.PROPOSED).count())
    confirmed = unsent.filter(status=IntroductionStatus.CONFIRMED).select_related("user_a", "user_b")
    for batch in batches(confirmed.order_by("pk").iterator(AT_ONCE), AT_ONCE):
        found = hindrances(week, batch)
        preview.held_back += [HeldBack(pair, found[pair.pk]) for pair in batch if pair.pk in found]
        preview.introduced += sum(1 for pair in batch if pair.pk not in found)
    return preview


def hindrances(week: MatchWeek, pairs: Sequence[MatchHistory]) -> dict[str, list[Hindrance]]:
    """Return what stands against those of these pairs against which something does, read with both members."""
    ids = {user_id for pair in pairs for user_id in pair.user_ids}
    ineligible = ineligibilities_of(ids, week)
    met = _met_elsewhere(pairs)
    forbidden = set(ForbiddenPair.objects.of_week(week).filter(user_a__in=ids).pairs())
    found = {}
    for pair in pairs:
        against = [
            Hindrance(reason, member)
            for member in (pair.user_a, pair.user_b)
            for reason in ineligible.get(member.pk, ())
        ]
        against += [Hindrance(MET_BEFORE)] * (pair.pk in met) + [Hindrance(FORBIDDEN)] * (pair.user_ids in forbidden)
        if against:
            found[pair.pk] = against
    return found


def publish_round(run: Run) -> None:
    """Introduce the confirmed pairs, each in a transaction of its own with a note of it; then the round is published.

    Killed, it goes on where it was.
    """
    for batch in run.items():
        if not Job.objects.select_related("staff").get(pk=run.job.pk).is_allowed():
            raise JobFailedError(_("Whoever started the job may no longer do this."))
        for item in batch:
            with run.holding():
                run.settle(item, *_introduce(run, item))
    run.leave_if_canceled()
    _finish(run)


def _introduce(run: Run, item: JobItem) -> tuple[Outcome, str]:
    rows: Any = MatchHistory.all_objects.select_related("match_week", "user_a", "user_b")
    pair = rows.filter(pk=item.subject_id).first()
    if pair is None:
        return Outcome.REFUSED, _("This pair is no longer there.")
    if pair.status == IntroductionStatus.CONFIRMED and (against := hindrances(pair.match_week, [pair])):
        return Outcome.REFUSED, " ".join(hindrance.sentence for hindrance in against[pair.pk])
    try:
        introduced = pair.introduce(by=run.staff)
    except SideRefusedError as refusal:
        return Outcome.REFUSED, f"{mask_name(refusal.member.name)}: {refusal.why}"
    except VerbRefusedError as refusal:
        return Outcome.REFUSED, str(refusal)
    return (Outcome.DONE if introduced else Outcome.UNCHANGED), ""


def _finish(run: Run) -> None:
    with transaction.atomic():
        week = locked_week(run.job)
        if week is None or not MatchHistory.all_objects.of_week(week).filter(introduced_at__isnull=False).exists():
            raise JobFailedError(_("No pair could be introduced: the round is not published."))
        with run.holding():
            if week.status == WeekStatus.REVIEW:
                week.status, week.published_at = WeekStatus.PUBLISHED, timezone.now()
                week.save_recorded(Action.MATCH, by=run.staff, job=run.job.pk)
            run.finish(JobStatus.DONE)


def _met_elsewhere(pairs: Iterable[MatchHistory]) -> set[str]:
    """Return the keys of those of these pairs whose two were introduced to each other by another row."""
    by_spelling = {pair.user_ids: pair.pk for pair in pairs}
    rows: Any = MatchHistory.all_objects.ever_introduced().filter(
        user_a__in=[a for a, _b in by_spelling], user_b__in=[b for _a, b in by_spelling]
    )
    others = rows.exclude(pk__in=by_spelling.values()).values_list("user_a_id", "user_b_id")
    return {by_spelling[spelling] for spelling in others if spelling in by_spelling}


register_kind(
    JobKind(
        PUBLISH,
        gettext_lazy("Publication of a round"),
        PERMISSION,
        publish_round,
        describe=describe,
        steps=steps,
    )
)
