"""Searching by name: SQL, Python and a slow reference agree on whom it finds."""

import unicodedata
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from users.search.grams import INVISIBLE, SINGLE, gram, name_key
from users.search.hangul import INITIALS, JOINED_INITIALS, is_initial
from users.search.query import Kind, understand
from users.tests.reference_matcher import COMPOUNDS, matches
from users.tests.searching import found, found_names, insert_member
from ygs_admin.demo.population.names import draw_name

pytestmark = pytest.mark.django_db

BY_NAME = {Kind.NAME, Kind.INITIALS}
searching = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
AWKWARD = "%_\\.*+?()[]{}|^$-'\"/#&~ㄱㄳㅄ가각과곽고믽ÅßİΣς𠀀𠁡𪜀😀\u0301\u3164\u200b\u00a0 AaZz09"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("김철수", {"김철수"}),
        ("철수", {"김철수", "박철수"}),
        ("수", {"김철수", "박철수", "김 수"}),
        ("김처", {"김철수"}),
        ("김철ㅅ", {"김철수"}),
        ("김ㅊ", {"김철수"}),
        ("김ㅊ수", {"김철수"}),
        ("ㄱㅊㅅ", {"김철수"}),
        ("ㅊㅅ", {"김철수", "박철수"}),
        ("ㅂ", {"박철수", "백과장"}),
        ("ㄱㅅ", {"김 수"}),
        ("ㄳ", {"김 수"}),
        ("기", {"김철수", "김민준", "김 수", "남궁기", "Giada Kim기"}),
        ("고", {"백과장", "곽고은"}),
        ("과", {"백과장", "곽고은"}),
        ("배고", set()),
        ("백고", {"백과장"}),
        ("김믽", {"김민준"}),
        ("김민ㅈ", {"김민준"}),
        ("남궁", {"남궁기"}),
        ("ㄴㄱㄱ", {"남궁기"}),
        ("GIADA", {"Giada Kim기"}),
        ("ada k", {"Giada Kim기"}),
        ("a", {"Giada Kim기"}),
        ("김수", {"김 수"}),
        ("김  수", {"김 수"}),
        ("없음", set()),
        ("수철", set()),
        ("ㅅㅊ", set()),
    ],
)
def test_a_search_finds(typed: str, names: set[str]) -> None:
    for name in ("김철수", "박철수", "김민준", "남궁기", "백과장", "곽고은", "Giada Kim기", "김 수"):
        insert_member(name)
    assert found_names(typed) == names
    assert found_names(unicodedata.normalize("NFD", typed)) == names


@pytest.mark.parametrize(
    "name", ["김철수", "남궁민수", "Müller Jörg", "김 철 수", "O'Brien", "김100%", "a\\b", "[김]", "^.*$"]
)
def test_every_step_of_typing_a_name_finds_it(name: str) -> None:
    key = insert_member(name)
    for typed in steps_of_typing(name):
        assert key in found(typed), typed


def steps_of_typing(name: str) -> list[str]:
    """Return what stands in the field after each jamo of a name that is typed syllable by syllable."""
    steps = []
    for end, character in enumerate(name):
        jamo = unicodedata.normalize("NFD", character) if "가" <= character <= "힣" else ""
        begun = [INITIALS[ord(jamo[0]) - 0x1100], unicodedata.normalize("NFC", jamo[:2])] if jamo else []
        steps += [name[:end] + form for form in (*begun, character)]
    return [step for step in steps if step.strip()]


def test_a_name_stored_decomposed_is_found_composed() -> None:
    key = insert_member(unicodedata.normalize("NFD", "김철수"))
    assert found("철수") == found("ㄱㅊㅅ") == {key}


def test_grams_in_another_order_are_not_the_name() -> None:
    insert_member("가나가다나다")
    assert found("가나다") == set()


@pytest.mark.parametrize(("typed", "name"), [("가", "\U0001ac00"), ("a", "\U00020061"), ("ㄱ", "\U00013131")])
def test_a_character_beyond_the_plane_is_not_taken_for_one_within(typed: str, name: str) -> None:
    insert_member(name)
    assert found(typed) == set()


def test_two_characters_beyond_the_plane_are_told_apart() -> None:
    key, _other = insert_member("김\U00020061"), insert_member("김\U00020861")
    assert found("\U00020061") == found("김\U00020061") == {key}


korean_names = st.integers(0, 10**9).map(lambda seed: "".join(draw_name("female", 1990, Random(seed))))  # noqa: S311
arbitrary_names = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(AWKWARD)), max_size=12
).map(lambda text: text.replace("\x00", ""))


@st.composite
def typed_from(draw: Callable[[Any], Any], names: st.SearchStrategy[str]) -> tuple[str, list[str]]:
    """Return some names, and a part of one of them as somebody may have typed it so far."""
    several = draw(st.lists(names, min_size=1, max_size=4))
    name = unicodedata.normalize("NFC", several[0])
    start = draw(st.integers(0, max(0, len(name) - 1)))
    part = name[start : draw(st.integers(start, len(name)))]
    characters = [_shortened(draw, character, is_last=at == len(part) - 1) for at, character in enumerate(part)]
    typed = draw(st.sampled_from(["", " ", "\u200b"])).join(characters)
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), typed), several


def _shortened(draw: Callable[[Any], Any], character: str, *, is_last: bool) -> str:
    if not "가" <= character <= "힣":
        return character
    jamo = unicodedata.normalize("NFD", character)
    forms = [character, INITIALS[ord(jamo[0]) - 0x1100]]
    if is_last:
        forms += [unicodedata.normalize("NFC", jamo[:2]), unicodedata.normalize("NFC", f"{jamo[:2]}ᆹ"), f"{character}ㅅ"]
    return str(draw(st.sampled_from(forms)))


def assert_agreement(typed: str, names: list[str]) -> None:
    """Compare what the database finds with the reference, over these names alone."""
    understood = understand(typed)
    with transaction.atomic():
        keys = {insert_member(name): name for name in names}
        answer = found(typed)
        transaction.set_rollback(True)
    if understood is not None and understood.kind in BY_NAME:
        assert answer == {key for key, name in keys.items() if matches(typed, name)}


@searching
@given(typed_from(korean_names))
def test_the_index_and_the_reference_agree_on_names_of_the_population(db: None, typed_and_names: Any) -> None:
    assert_agreement(*typed_and_names)


@searching
@given(typed_from(arbitrary_names))
def test_the_index_and_the_reference_agree_on_parts_of_any_text(db: None, typed_and_names: Any) -> None:
    assert_agreement(*typed_and_names)


@searching
@given(st.text(st.one_of(st.characters(), st.sampled_from(AWKWARD)), max_size=8), st.lists(arbitrary_names, max_size=4))
@example("ㄱ", ["ㄱ", "가", "\U00011131"])
@example("ㄱ나", ["ㄱ나", "가나", "가나다"])
@example("나ㄱㄱ", ["나ㄱㄱ", "나가ㄱ", "나ㄱ갉"])
@example("%", ["%", "", "_"])
@example("\\", ["\\", "/"])
@example(".*", ["김", ".*"])
@example("***", ["***", "김"])
@example("İ", ["i", "İstanbul"])
@example("Σς", ["ΣΣ", "σς"])
@example("\ud800김", ["김"])
def test_any_text_is_a_search_that_agrees_with_the_reference(db: None, typed: str, names: list[str]) -> None:
    assert_agreement(typed, names)


def test_the_key_of_every_character_is_the_same_in_sql_and_python() -> None:
    """Over the whole plane, in one query; joined initials aside, which are taken apart in what is typed alone."""
    characters = [chr(code) for code in [*range(1, 0xD800), *range(0xE000, 0x10000)]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT c, console_name_key(c) FROM unnest(%s::text[]) c", [characters])
        differences = {c: key for c, key in cursor.fetchall() if c not in JOINED_INITIALS and key != name_key(c)}
    assert differences == {}


def test_every_syllable_is_held_in_all_forms_on_the_way_to_it() -> None:
    syllables = [chr(code) for code in range(ord("가"), ord("힣") + 1)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT c, console_name_grams(c) FROM unnest(%s::text[]) c", [syllables])
        held = dict(cursor.fetchall())
    wrong = [c for c in syllables if set(held[c]) != {gram(SINGLE, ord(form)) for form in forms_on_the_way_to(c)}]
    assert (len(held), wrong) == (11_172, [])


def forms_on_the_way_to(syllable: str) -> set[str]:
    initial, vowel, *_ = unicodedata.normalize("NFD", syllable)
    simple = next((first for first, compounds in COMPOUNDS.items() if vowel in compounds), vowel)
    begun = {unicodedata.normalize("NFC", initial + typed) for typed in (vowel, simple)}
    return {syllable, INITIALS[ord(initial) - 0x1100], *begun}


def test_all_white_space_and_control_characters_are_invisible() -> None:
    plane = map(chr, range(1, 0x10000))
    unseen = [c for c in plane if c.isspace() or unicodedata.category(c) in {"Cc", "Zs", "Zl", "Zp"}]
    assert [c for c in unseen if name_key(c)] == []
    assert INVISIBLE in console_function("console_name_key")


def console_function(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
        (definition,) = cursor.fetchone()
    return str(definition)


def test_the_initials_are_the_nineteen_of_unicode() -> None:
    assert len(INITIALS) == 19
    assert all(is_initial(letter) and not is_initial(joined) for letter in INITIALS for joined in JOINED_INITIALS)
