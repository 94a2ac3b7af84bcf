"""Handing members of a round to the engine."""

from dataclasses import replace

from matching.engine.members import MemberRecord
from matching.engine.results import FLOOR, PairExplanation, Progress, RoundResult
from matching.engine.settings import AcceptancePriors, EngineSettings
from matching.models.week import MatchWeek

from .loading import Loaded

# The engine's arrays and OR-tools take a second to load: whoever only shows a round does without them.


def solve_loaded(loaded: Loaded, settings: EngineSettings, progress: Progress) -> RoundResult:
    """Propose the round; what stays outside the engine has lowered the quotas already."""
    from matching.engine.solving import solve  # noqa: PLC0415

    return solve(
        loaded.members,
        settings,
        pinned=loaded.pinned,
        forbidden=loaded.forbidden,
        introduced=loaded.introduced,
        previous=loaded.previous,
        progress=progress,
    )


def is_possible(first: MemberRecord, second: MemberRecord, loaded: Loaded, settings: EngineSettings) -> bool:
    """Tell whether the engine can keep this pair: a score below the floor is for staff to judge, nothing else is."""
    from matching.engine.obstacles import why_not  # noqa: PLC0415

    obstacles = why_not(first, second, settings, introduced=loaded.introduced, forbidden=loaded.forbidden)
    return all(obstacle.code == FLOOR for obstacle in obstacles)


def explained(first: MemberRecord, second: MemberRecord, week: MatchWeek) -> PairExplanation:
    """Explain a pair as the last run of the round would have; `first` is its `a`."""
    from matching.engine.explaining import explain  # noqa: PLC0415

    return explain(first, second, replace(week.round_settings.engine, priors=_learned_priors(week)))


def _learned_priors(week: MatchWeek) -> AcceptancePriors | None:
    """Return what the last run learned from its members, None where there was none that says so."""
    try:
        return AcceptancePriors(**week.summary["priors"])  # type: ignore[index]
    except (TypeError, KeyError):
        return None
