"""Hangul syllables taken apart, as far as search needs it (Unicode Standard, chapter 3.12).

A syllable is 0xAC00 + (initial * 21 + vowel) * 28 + final. Single consonants are the letters that a keyboard types.
"""

FIRST_SYLLABLE = 0xAC00
SYLLABLES = 11172
FINALS = 28
PER_INITIAL = 21 * FINALS

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"

# A vowel that begins compound ones → how many vowels, itself included, may come of it (they follow it in the alphabet).
COMPOUND_VOWELS = {8: 4, 13: 4, 18: 2}

# A final of two consonants → the first of them as a final, and the second as the initial of the next syllable.
DOUBLE_FINALS = {
    3: (1, "ㅅ"),
    5: (4, "ㅈ"),
    6: (4, "ㅎ"),
    9: (8, "ㄱ"),
    10: (8, "ㅁ"),
    11: (8, "ㅂ"),
    12: (8, "ㅅ"),
    13: (8, "ㅌ"),
    14: (8, "ㅍ"),
    15: (8, "ㅎ"),
    18: (17, "ㅅ"),
}
# What an input method makes of two consonants typed without a vowel.
JOINED_INITIALS = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}


def _position(character: str) -> int | None:
    position = ord(character) - FIRST_SYLLABLE
    return position if 0 <= position < SYLLABLES else None


def is_initial(character: str) -> bool:
    return character in INITIALS


def syllables_begun_by(character: str) -> tuple[str, str] | None:
    """Return the first and last syllable that a half-typed one may become: `처` → (`처`, `첳`), `ㅊ` → (`차`, `칳`).

    None where nothing can follow: another script, or a syllable that has its final consonant.
    """
    if is_initial(character):
        first = FIRST_SYLLABLE + INITIALS.index(character) * PER_INITIAL
        return chr(first), chr(first + PER_INITIAL - 1)
    position = _position(character)
    if position is None or position % FINALS:
        return None
    vowels = COMPOUND_VOWELS.get(position % PER_INITIAL // FINALS, 1)
    return character, chr(ord(character) + vowels * FINALS - 1)


def next_initial_split_off(text: str) -> str | None:
    """Return `민ㅈ` for `믽`: on the way to 민준 the input method first joins the next initial to the last syllable."""
    position = _position(text[-1]) if text else None
    if position is None or position % FINALS not in DOUBLE_FINALS:
        return None
    final, initial = DOUBLE_FINALS[position % FINALS]
    return text[:-1] + chr(ord(text[-1]) - position % FINALS + final) + initial
