"""Which photos a member has, and which drawing each of them shows."""

from dataclasses import dataclass
from datetime import timedelta

from .draws import Weighted, happens
from .identifiers import seeded_id
from .people import Person
from .portraits import Drawing, drawings_of
from .rows import PhotoRow
from .world import World

PORTRAIT_KEYS = "demo/portraits/{}{}.jpg"  # for members who share the pool's objects
_COUNT = Weighted(((0, 9), (1, 45), (2, 29), (3, 12), (4, 5)))
DELETED_ALONE = 0.03  # photos that were taken away by themselves, before any deletion of the member


@dataclass(frozen=True)
class Photo:
    row: PhotoRow
    thumbnail_key: str
    drawing: Drawing


def photos_of(world: World, person: Person) -> list[Photo]:
    """Return the member's photos in their order; all show the same person, each in another setting."""
    rng = world.stream("photos", person.index)
    drawings = drawings_of(person.gender, person.age, rng)
    photos = []
    for order, drawing in enumerate(drawings[: _COUNT.draw(rng)]):
        created_at = person.created_at + timedelta(minutes=3 + order + rng.random())
        until = person.gone_at or world.now
        photo_id = seeded_id("pho", created_at, rng)
        deleted_at = person.deleted_at
        if order and happens(DELETED_ALONE, rng) and until > created_at:
            deleted_at = created_at + (until - created_at) * rng.random()
        thumbnail_key = _key(world, person, photo_id, drawing, "_thumb")
        photos.append(
            Photo(
                row=PhotoRow(
                    id=photo_id,
                    user_id=person.id,
                    s3_key=_key(world, person, photo_id, drawing, ""),
                    thumbnail_s3_key=thumbnail_key,
                    display_order=order,
                    created_at=created_at,
                    deleted_at=deleted_at,
                ),
                thumbnail_key=thumbnail_key,
                drawing=drawing,
            )
        )
    return photos


def _key(world: World, person: Person, photo_id: str, drawing: Drawing, suffix: str) -> str:
    if world.has_own_objects:
        return f"users/{person.id}/photos/{photo_id}{suffix}.jpg"
    return PORTRAIT_KEYS.format(drawing.name, suffix)
