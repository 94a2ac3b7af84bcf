"""Particles follow the syllable before them, and romanised names read as people spell them."""

import pytest

from ygs_admin.demo.population.contacts import romanised
from ygs_admin.demo.population.writing import with_particles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("요가[을]", "요가를"),
        ("등산[을]", "등산을"),
        ("개발자[으로]", "개발자로"),
        ("연구원[으로]", "연구원으로"),
        ("헬스[과] 수영[과]", "헬스와 수영과"),
        ("남매[이라]", "남매라"),
        ("외동[이라]", "외동이라"),
        ("지우[이에]요", "지우예요"),
        ("지훈[이에]요", "지훈이에요"),
        ("서울[으로]", "서울로"),
        ("UX[은]", "UX는"),
    ],
)
def test_a_particle_follows_the_final_consonant(text: str, expected: str) -> None:
    assert with_particles(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("지훈", "jihun"), ("은영", "eunyeong"), ("철수", "cheolsu"), ("Li Wei", "liwei")]
)
def test_names_are_romanised_syllable_by_syllable(name: str, expected: str) -> None:
    assert romanised(name) == expected
