"""Handing a loaded round to the engine."""

from matching.engine.members import MemberRecord
from matching.engine.results import Progress, RoundResult
from matching.engine.settings import EngineSettings

from .loading import Loaded

# The engine's arrays and OR-tools take a second to load: only a worker that runs a round needs them.


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
    """Tell whether the engine could have this pair in the round."""
    from matching.engine.obstacles import why_not  # noqa: PLC0415

    return not why_not(first, second, settings, introduced=loaded.introduced, forbidden=loaded.forbidden)
