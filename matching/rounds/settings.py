"""How a round is run, as its `settings` column holds it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django.conf import settings

from matching.engine.settings import EngineSettings

LIMITS: dict[str, tuple[float, float]] = {
    "quota": (1, 10),
    "fairness_weight": (0, 1),
    "minimum_score": (0, 1),
    "candidates": (1, 500),
    "seed": (0, 2**31 - 1),
    "answer_days": (1, 90),
}
"""The least and the greatest value of each; whole numbers but for the two shares."""
SHARES = {"fairness_weight", "minimum_score"}


class SettingError(ValueError):
    """A setting is not a number within its limits; `key` names it."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.limits = LIMITS[key]
        super().__init__(key)


@dataclass(frozen=True)
class RoundSettings:
    """`answer_days` is how many days members have to answer an introduction; the rest is the engine's."""

    quota: int = EngineSettings.quota
    fairness_weight: float = EngineSettings.fairness
    minimum_score: float = EngineSettings.floor
    candidates: int = EngineSettings.candidates
    seed: int = EngineSettings.seed
    answer_days: int = 0

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None) -> Self:
        """Read a round's column; what it does not say, or says wrongly, is the default."""
        stored = stored if isinstance(stored, Mapping) else {}
        known = {key: stored[key] for key in LIMITS if key in stored and _fits(key, stored[key])}
        return cls(**{"answer_days": settings.MATCH_ANSWER_DAYS, **known})

    def changed(self, values: Mapping[str, Any]) -> Self:
        """Return these settings with some replaced.

        Raises:
            SettingError: one does not fit.
        """
        for key, value in values.items():
            if not _fits(key, value):
                raise SettingError(key)
        return replace(self, **values)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def engine(self) -> EngineSettings:
        return EngineSettings(
            quota=self.quota,
            fairness=self.fairness_weight,
            floor=self.minimum_score,
            candidates=self.candidates,
            seed=self.seed,
        )


def _fits(key: str, value: Any) -> bool:
    least, most = LIMITS[key]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and (key in SHARES or isinstance(value, int)) and least <= value <= most
