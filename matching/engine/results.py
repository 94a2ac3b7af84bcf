"""What the engine answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

Phase = Literal["loading", "candidates", "assignment", "explaining", "writing"]
"""The phases of a run, in their order; the first and the last are the caller's."""
Progress = Callable[[Phase, int, int], None]
"""Called with a phase, what of it is done, and its total. It may raise, which cancels the run."""
Pair = tuple[str, str]
"""The ids of two members, the smaller first."""

GENDER, MUST_HAVE, FLOOR, INTRODUCED, FORBIDDEN = "gender", "must_have", "floor", "introduced", "forbidden"
"""Why two members are not possible: not opposite, a wish not met, too low a score, met before, forbidden by staff."""
THEIR_MUST_HAVES = "their_must_haves"
"""In what left a member without partners: the others' wishes. The member's own go by the names of their groups."""
QUOTA = "quota"
"""Why a member is left out who may be given no introduction in this round."""
OUTBID = "outbid"
"""Why somebody is left out who had possible partners: others made better use of each of them."""


@dataclass(frozen=True, slots=True)
class GroupFit:
    """One row of the two-way table: what one asked for, what the other has, and what that adds to the score.

    `fit` is in [0, 1], None where the other side states nothing, which counts half. `contribution` is the group's share
    of the directional score before the acceptance term: they add up to it. Ranges are asked as `{"min": …, "max": …}`.
    """

    group: str
    is_must_have: bool
    weight: float
    asked: Any
    has: Any
    fit: float | None
    contribution: float


GROUP_FIELDS = tuple(each.name for each in fields(GroupFit))


@dataclass(frozen=True, slots=True)
class Direction:
    """How well one member meets what the other asked for, `p(a→b)` in [0, 2].

    `score` is `preference × acceptance`, and 0 where a must-have is not met. Acceptance is 1 where neither
    member has a history. Who asks for nothing has no groups, and a preference of a half.
    """

    score: float
    preference: float
    acceptance: float
    groups: tuple[GroupFit, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "score": self.score,
            "preference": self.preference,
            "acceptance": self.acceptance,
            "groups": [{name: getattr(group, name) for name in GROUP_FIELDS} for group in self.groups],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        groups = tuple(GroupFit(**group) for group in stored["groups"])
        return cls(stored["score"], stored["preference"], stored["acceptance"], groups)


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """Why a pair scores what it does; `score` is the harmonic mean of the two directions."""

    score: float
    a_to_b: Direction
    b_to_a: Direction

    def as_json(self) -> dict[str, Any]:
        """Return what `match_histories.explanation` holds: plain dicts and lists, named as the fields are."""
        return {"score": self.score, "a_to_b": self.a_to_b.as_json(), "b_to_a": self.b_to_a.as_json()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote, and raise ValueError for anything else."""
        try:
            directions = (Direction.from_json(stored[side]) for side in ("a_to_b", "b_to_a"))
            return cls(stored["score"], *directions)
        except (KeyError, TypeError) as error:
            raise ValueError("This is not the explanation of a pair.") from error


@dataclass(frozen=True, slots=True)
class ProposedPair:
    a: str
    b: str
    score: float
    is_pinned: bool
    explanation: PairExplanation


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An eligible member without a partner in this round.

    `remaining` says how many possible partners were left after each condition, in the order applied; `reason` is the
    condition that left nobody, or `OUTBID`.
    """

    id: str
    reason: str
    remaining: tuple[tuple[str, int], ...]
    best_score: float | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why two members may not be introduced: `code` is one of those below.

    `by` is the member whose wish stands against it, `group` and `asked` what is wished for, `has` what the other has
    instead (None: not stated); a floor is asked for in scores.
    """

    code: str
    by: str | None = None
    group: str | None = None
    asked: Any = None
    has: Any = None


@dataclass(frozen=True)
class RoundResult:
    """`summary` is plain JSON (`matching/engine/summary.py`)."""

    pairs: tuple[ProposedPair, ...]
    left_out: tuple[LeftOut, ...]
    summary: dict[str, Any] = field(default_factory=dict)
