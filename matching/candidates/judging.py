"""What a pair is judged by outside a run: the round of the running week, or a round with the defaults."""

from collections.abc import Collection
from dataclasses import replace

from django.utils import timezone

from matching.engine.members import MemberRecord
from matching.engine.results import Pair
from matching.engine.settings import AcceptancePriors, EngineSettings
from matching.models import ForbiddenPair, MatchHistory, MatchWeek
from matching.rounds.past import pasts
from matching.rounds.records import records
from users.models import User


def current_round() -> MatchWeek:
    """Return the round of the running week; one that is not saved, with the defaults, where nobody has opened it."""
    today = timezone.localdate()
    year, number, _day = today.isocalendar()
    week: MatchWeek | None = MatchWeek.objects.filter(iso_year=year, iso_week=number).first()
    return week or MatchWeek(iso_year=year, iso_week=number, starts_on=today, ends_on=today)


def engine_settings(week: MatchWeek) -> EngineSettings:
    """Return the round's settings, with the rates of acceptance that its last run learned; even ones before a run."""
    learned = (week.summary or {}).get("priors")
    priors = AcceptancePriors(**learned) if learned else AcceptancePriors()
    return replace(week.round_settings.engine, priors=priors)


def record_each(user_ids: Collection[str]) -> dict[str, MemberRecord]:
    """Return what the engine knows of these few members, by id, whether they may be introduced or not."""
    members = User.all_objects.filter(pk__in=list(user_ids))
    chunks = records(members, pasts(user_ids), quota=lambda _user_id, _left: 1, as_of=timezone.now())
    return {record.id: record for chunk in chunks for record in chunk}


def introduced_with(user_id: str) -> set[Pair]:
    """Return the member's pairs that were ever introduced, whatever became of them."""
    rows = MatchHistory.all_objects.ever_introduced().touching([user_id])
    return set(rows.values_list("user_a_id", "user_b_id"))


def forbidden_in(week: MatchWeek) -> set[Pair]:
    return set(ForbiddenPair.objects.of_week(week).pairs())
