"""What a search by name must find, written from the words of its description: slowly, from Unicode's own tables."""

import re
import unicodedata
from functools import partial

from users.search.grams import INVISIBLE

# A vowel → those that a keyboard makes by adding a second one to it.
COMPOUNDS = {"ᅩ": "ᅪᅫᅬ", "ᅮ": "ᅯᅰᅱ", "ᅳ": "ᅴ"}


def matches(typed: str, name: str) -> bool:
    """Tell whether the name contains what was typed, in one of its readings."""
    characters = key(name)
    return any(_is_within(reading, characters) for reading in readings(typed))


def key(text: str) -> list[str]:
    visible = re.sub(f"[\\x00\\ud800-\\udfff{INVISIBLE}]", "", text)
    return [character.lower()[0] for character in unicodedata.normalize("NFC", visible)]


def readings(typed: str) -> list[list[str]]:
    """Return what was typed, and what an input method will make of it once the next vowel is typed: 믽 → 민ㅈ."""
    characters = [letter for character in key(typed) for letter in _taken_apart(character)]
    *before, last = characters
    jamo = unicodedata.normalize("NFD", last)
    names = unicodedata.name(jamo[-1], "").removeprefix("HANGUL JONGSEONG ").split("-")
    if len(jamo) != 3 or len(names) != 2:
        return [characters]
    syllable = unicodedata.normalize("NFC", jamo[:2] + unicodedata.lookup(f"HANGUL JONGSEONG {names[0]}"))
    return [characters, [*before, syllable, unicodedata.lookup(f"HANGUL LETTER {names[1]}")]]


def _taken_apart(character: str) -> list[str]:
    """Return ㄱ and ㅅ for ㄳ, the character itself for any other."""
    if not "ㄱ" <= character <= "ㅎ":
        return [character]
    names = unicodedata.name(character).removeprefix("HANGUL LETTER ").split("-")
    return [unicodedata.lookup(f"HANGUL LETTER {name}") for name in names]


def _is_within(typed: list[str], name: list[str]) -> bool:
    starts = range(len(name) - len(typed) + 1)
    return any(_is_at(typed, name[start : start + len(typed)]) for start in starts)


def _is_at(typed: list[str], name: list[str]) -> bool:
    tests = [_is_whole_or_initial] * (len(typed) - 1) + [_is_begun]
    return all(test(one, other) for test, one, other in zip(tests, typed, name, strict=True))


def _is_whole_or_initial(typed: str, character: str) -> bool:
    return typed == character or (_is_syllable(character) and _initial_of(character) == _as_initial(typed))


def _is_begun(typed: str, character: str) -> bool:
    if _is_whole_or_initial(typed, character):
        return True
    if not (_is_syllable(typed) and _is_syllable(character)):
        return False
    decompose = partial(unicodedata.normalize, "NFD")
    initial, vowel, *final = decompose(typed)
    other_initial, other_vowel, *_ = decompose(character)
    return not final and initial == other_initial and other_vowel in vowel + COMPOUNDS.get(vowel, "")


def _is_syllable(character: str) -> bool:
    return "가" <= character <= "힣"


def _initial_of(syllable: str) -> str:
    return unicodedata.normalize("NFD", syllable)[0]


def _as_initial(letter: str) -> str | None:
    """Return the initial consonant that a single letter stands for, None where it stands for none."""
    if not "ㄱ" <= letter <= "ㅎ":
        return None
    jamo = unicodedata.normalize("NFKD", letter)
    return jamo if unicodedata.name(jamo).startswith("HANGUL CHOSEONG") else None
