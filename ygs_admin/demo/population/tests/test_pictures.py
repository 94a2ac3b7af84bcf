"""Drawn portraits and documents: distinct, small, of the right size, and there even without a Korean font."""

import io
from random import Random

import pytest
from PIL import Image, ImageChops, ImageStat

from ygs_admin.demo.population import fonts, paper_drawings, portraits
from ygs_admin.demo.population.paper_drawings import draw_paper
from ygs_admin.demo.population.paper_fields import fields_of, holder_of
from ygs_admin.demo.population.papers import TITLES, Paper, papers_of
from ygs_admin.demo.population.people import draw_person
from ygs_admin.demo.population.portraits import Drawing, drawings_of, drawn, every_drawing

from .conftest import MEMBERS, make_world


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    world = make_world()
    return [paper for index in range(MEMBERS) for paper in papers_of(world, draw_person(world, index))]


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body)).convert("RGB")


@pytest.mark.parametrize("gender", ["male", "female"])
@pytest.mark.parametrize("band", range(len(portraits.AGE_BANDS)))
def test_a_portrait_is_small_and_its_thumbnail_smaller(gender: str, band: int) -> None:
    portrait = drawn(Drawing(gender, band, 0, 0))
    assert opened(portrait.picture).size == (480, 600)
    assert opened(portrait.thumbnail).size == (96, 120)
    assert 8_000 < len(portrait.picture) < 30_000
    assert len(portrait.thumbnail) < 5_000


def test_drawings_of_the_pool_differ_to_the_eye() -> None:
    drawings = list(every_drawing())
    assert len(drawings) >= 240
    thumbnails = [opened(drawn(drawing).thumbnail) for drawing in drawings[:40]]
    for place, one in enumerate(thumbnails):
        assert all(_difference(one, other) > 3 for other in thumbnails[place + 1 :])


def _difference(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


def test_a_drawing_is_the_same_each_time() -> None:
    drawing = Drawing("female", 1, 3, 2)
    assert drawn(drawing) == drawn(drawing)


def test_a_members_photos_show_one_person_of_the_own_gender_in_several_settings() -> None:
    drawings = drawings_of("male", 31, Random(1))
    assert len({(drawing.gender, drawing.band, drawing.number) for drawing in drawings}) == 1
    assert {drawing.setting for drawing in drawings} == set(range(4))
    assert drawings[0].gender == "male"


def test_every_kind_of_document_is_drawn(papers: list[Paper]) -> None:
    by_kind = {paper.row.document_type: paper for paper in papers if paper.flaw is None}
    assert by_kind.keys() == TITLES.keys()
    for paper in by_kind.values():
        assert min(opened(draw_paper(paper, Random(1), None)).size) >= 300


def test_resident_numbers_are_masked_unless_that_is_what_is_wrong(papers: list[Paper]) -> None:
    assert any(paper.flaw == "rrn_not_masked" for paper in papers)
    for paper in papers:
        number = holder_of(paper).resident_number
        assert number.endswith("000000" if paper.flaw == "rrn_not_masked" else "******")


def test_a_document_is_made_out_to_the_member_unless_the_name_is_what_is_wrong(papers: list[Paper]) -> None:
    for paper in papers:
        fields = dict(fields_of(paper.row.document_type, paper, Random(1)))
        assert (fields["성명"] == paper.person.name) == (paper.flaw != "name_mismatch")


def test_an_unreadable_document_is_blurred(papers: list[Paper]) -> None:
    paper = next(paper for paper in papers if paper.flaw == "unreadable")
    sharp = Paper(paper.row, paper.person, None, paper.issued_on)
    assert len(draw_paper(paper, Random(1), None)) < 0.6 * len(draw_paper(sharp, Random(1), None))


def test_documents_are_drawn_with_bars_where_no_font_is_korean(
    papers: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_text = draw_paper(papers[0], Random(1), None)
    monkeypatch.setattr(paper_drawings, "korean_font", lambda _size: None)
    paper_drawings._template.cache_clear()
    try:
        with_bars = draw_paper(papers[0], Random(1), None)
    finally:
        paper_drawings._template.cache_clear()
    assert opened(with_bars).size == opened(with_text).size
    assert len({value for _count, value in opened(with_bars).getcolors(1_000_000) or []}) > 50


def test_a_machine_without_fonts_has_no_korean_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_USUAL_PLACES", ())
    monkeypatch.setattr(fonts.shutil, "which", lambda _name: None)
    fonts._korean_font_file.cache_clear()
    fonts.korean_font.cache_clear()
    try:
        assert fonts.korean_font(12) is None
    finally:
        fonts._korean_font_file.cache_clear()
        fonts.korean_font.cache_clear()
