"""Puts the drawn portraits and documents onto the object store."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from itertools import islice

from PIL import Image

from .contracts import ObjectStore
from .paper_drawings import draw_paper
from .papers import CONTENT_TYPE, Paper, papers_of, sample_papers
from .people import draw_person
from .photos import PORTRAIT_KEYS, photos_of
from .portraits import Drawing, Portrait, drawn, every_drawing
from .world import World

THREADS = 4
AT_ONCE = 256  # objects drawn and waiting for the store

Object = tuple[str, bytes]


class Gallery:
    """The pool's portraits, each drawn when it is first asked for and kept: some 12 MB for the whole pool."""

    def __init__(self) -> None:
        self._portraits: dict[Drawing, Portrait] = {}

    def portrait(self, drawing: Drawing) -> Portrait:
        if drawing not in self._portraits:
            self._portraits[drawing] = drawn(drawing)
        return self._portraits[drawing]

    def face(self, drawing: Drawing) -> Image.Image:
        return Image.open(BytesIO(self.portrait(drawing).thumbnail))


def put_pictures(world: World, store: ObjectStore, report: Callable[[int, int], None]) -> tuple[int, int]:
    """Draw and put every object that the rows name; return how many, and their bytes.

    Drawing goes on while earlier objects are on their way. What a put raises ends the run.
    """
    gallery = Gallery()
    objects = _own_objects(world, gallery) if world.has_own_objects else _shared_objects(world, gallery)
    total = _count(world)
    done = size = 0
    with ThreadPoolExecutor(THREADS) as pool:
        while batch := list(islice(objects, AT_ONCE)):
            puts: list[Future[None]] = [pool.submit(store.put, key, body, CONTENT_TYPE) for key, body in batch]
            for put in puts:
                put.result()
            done, size = done + len(batch), size + sum(len(body) for _key, body in batch)
            report(done, total)
    return done, size


def _own_objects(world: World, gallery: Gallery) -> Iterator[Object]:
    for index in range(world.members):
        person = draw_person(world, index)
        photos = photos_of(world, person)
        for photo in photos:
            portrait = gallery.portrait(photo.drawing)
            yield photo.row.s3_key, portrait.picture
            yield photo.thumbnail_key, portrait.thumbnail
        face = gallery.face(photos[0].drawing) if photos else None
        yield from _papers(world, papers_of(world, person), face)


def _shared_objects(world: World, gallery: Gallery) -> Iterator[Object]:
    for drawing in every_drawing():
        portrait = gallery.portrait(drawing)
        yield PORTRAIT_KEYS.format(drawing.name, ""), portrait.picture
        yield PORTRAIT_KEYS.format(drawing.name, "_thumb"), portrait.thumbnail
    yield from _papers(world, sample_papers(world), None)


def _papers(world: World, papers: Iterable[Paper], face: Image.Image | None) -> Iterator[Object]:
    for paper in papers:
        yield paper.row.s3_key, draw_paper(paper, world.stream("drawing", paper.row.id), face)


def _count(world: World) -> int:
    """Count the objects beforehand; cheap beside drawing them."""
    if not world.has_own_objects:
        return 2 * len(list(every_drawing())) + len(list(sample_papers(world)))
    people = (draw_person(world, index) for index in range(world.members))
    return sum(2 * len(photos_of(world, person)) + len(papers_of(world, person)) for person in people)
