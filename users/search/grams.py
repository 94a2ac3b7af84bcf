"""Grams: what the index over names and phone numbers is asked with.

A gram is one integer that holds two code points, so that an `integer[]` under GIN serves every length of what is typed,
one character included, at four bytes each, where two syllables as text take twelve. `migrations/member_search.sql`
makes the grams of a member; this module makes those of a search:

- one character: `gram(0, character)`; two in a row: `gram(first, second)`. The last may be typed half: the member's
  array also holds the forms on the way to each syllable, `처` and `ㅊ` for `철`.
- three digits in a row of a phone number: `gram(1, number)`.

A code point beyond the Basic Multilingual Plane is held as one of 2,048 surrogates: no text has those, so that such a
character is taken for another such one at worst, which `name_pattern` tells apart.
"""

import re
import unicodedata
from itertools import pairwise

from .hangul import JOINED_INITIALS, syllables_begun_by

SINGLE = 0
DIGITS = 1
LONGEST_GRAM = 2
PHONE_GRAM_LENGTH = 3
LAST_OF_THE_PLANE = "\uffff"
SURROGATES = range(0xD800, 0xE000)

# White space, control characters and what else nobody sees, for a bracket expression. `\s` would not do: what it
# matches in PostgreSQL depends on the database's locale. The same list stands in migrations/member_search.sql.
INVISIBLE = r"\u0001-\u0020\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff"


def gram(first: int, second: int) -> int:
    """Pack two code points of the Basic Multilingual Plane into a signed 32-bit integer."""
    return (first - 0x8000) * 0x10000 + second


def name_key(text: str) -> str:
    """Return what names are compared by: NFC, lower case, nothing invisible, joined initials taken apart."""
    composed = unicodedata.normalize("NFC", re.sub(f"[{INVISIBLE}]", "", text))
    return "".join(JOINED_INITIALS.get(character, _lower(character)) for character in composed)


def _lower(character: str) -> str:
    """Lower one character as PostgreSQL does: into one character, whatever stands beside it."""
    return character.lower()[:1]


def name_grams(key: str) -> list[int]:
    """Return the grams that a name holds if it contains `key`, whose last character may be typed half."""
    codes = [_code(character) for character in key]
    if len(codes) == 1:
        return [gram(SINGLE, codes[0])]
    return sorted({gram(first, second) for first, second in pairwise(codes)})


def _code(character: str) -> int:
    code = ord(character)
    return code if character <= LAST_OF_THE_PLANE else SURROGATES[code % len(SURROGATES)]


def grams_say_all(key: str) -> bool:
    """Tell whether exactly the names that hold `name_grams(key)` contain `key`.

    Longer keys have several grams, which a name may hold in another order.
    """
    return len(key) <= LONGEST_GRAM and max(key) <= LAST_OF_THE_PLANE


def name_pattern(key: str) -> str:
    """Return the regular expression (PostgreSQL's and Python's alike) that a name matches if it contains `key`."""
    interior = "".join(_typed(character, may_be_half=False) for character in key[:-1])
    return interior + _typed(key[-1], may_be_half=True)


def _typed(character: str, *, may_be_half: bool) -> str:
    begun = syllables_begun_by(character)
    if begun is None or (begun[0] == character and not may_be_half):
        return re.escape(character)
    return f"[{character}{begun[0]}-{begun[1]}]"


def phone_grams(digits: str) -> list[int]:
    """Return the grams that a phone number holds if it contains these digits; none for fewer than three."""
    runs = (digits[at : at + PHONE_GRAM_LENGTH] for at in range(len(digits) - PHONE_GRAM_LENGTH + 1))
    return sorted({gram(DIGITS, int(run)) for run in runs})
