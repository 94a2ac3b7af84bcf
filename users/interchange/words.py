"""Words as people vary them, and how two spellings of one word are known to be the same."""

import re
import unicodedata

NOT_A_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
SEPARATOR = re.compile(r"\s*[,\n]\s*")


def folded(word: str) -> str:
    """Return what of a word counts: its letters and digits; case, width, spacing and signs do not."""
    return NOT_A_LETTER_OR_DIGIT.sub("", unicodedata.normalize("NFKC", word).casefold())


def listed(words: str) -> list[str]:
    """Return the words of a list that is written with commas over several lines."""
    return [word for word in SEPARATOR.split(words.strip()) if word]
