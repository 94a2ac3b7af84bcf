"""What the two say after they met."""

from datetime import timedelta
from random import Random

from ..draws import happens, some_of
from ..identifiers import seeded_id
from ..match_rows import FeedbackRow
from ..staff_phrases import FEEDBACK_FAIR, FEEDBACK_GOOD, FEEDBACK_POOR, GOOD_TAGS, INCIDENT_COMMENTS, POOR_TAGS
from ..world import World
from .courses import SIDES, Course
from .pairing import Pair

GIVES_FEEDBACK, WRITES, INCIDENT = 0.78, 0.6, 0.04  # incidents among the poor ratings
GOOD, FAIR = 4, 3
WANTS_AGAIN = {1: 0.01, 2: 0.05, 3: 0.3, 4: 0.8, 5: 0.96}


def feedback_rows(world: World, introduction_id: str, pair: Pair, course: Course, rng: Random) -> list[FeedbackRow]:
    """Return the feedback that has come in; some never comes, some is still due."""
    if course.met_at is None:
        return []
    people = (pair.a.person, pair.b.person)
    rows = []
    for side in SIDES:
        given_at = course.met_at + timedelta(hours=rng.uniform(4, 130))
        gives = happens(GIVES_FEEDBACK, rng)
        if gives and given_at <= min(world.now, people[side].gone_at or world.now):
            rating = course.ratings[side]
            is_incident = rating < FAIR and happens(INCIDENT, rng)
            rows.append(
                FeedbackRow(
                    id=seeded_id("mf", given_at, rng),
                    match_history_id=introduction_id,
                    user_id=people[side].id,
                    rating=rating,
                    wants_to_meet_again=happens(WANTS_AGAIN[rating], rng) if happens(0.93, rng) else None,
                    tags=_tags(rating, rng),
                    comment=rng.choice(INCIDENT_COMMENTS) if is_incident else _comment(rating, rng),
                    is_incident=is_incident,
                    created_at=given_at,
                    updated_at=None,
                    deleted_at=None,
                )
            )
    return rows


def _tags(rating: int, rng: Random) -> list[str] | None:
    tags = some_of(rng, GOOD_TAGS if rating > FAIR else POOR_TAGS, rng.choice((0, 1, 1, 2, 3)))
    return tags or None


def _comment(rating: int, rng: Random) -> str | None:
    if not happens(WRITES, rng):
        return None
    return rng.choice(FEEDBACK_GOOD if rating >= GOOD else FEEDBACK_FAIR if rating == FAIR else FEEDBACK_POOR)
