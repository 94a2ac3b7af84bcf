"""MBTI types as people write them."""

import re

from users.cleaning.text import compact
from users.models.vocabulary import Mbti

from .labels import unknown

TYPE = re.compile(r"([EI][SN][TF][JP])(?:\s*-?\s*[AT])?", re.IGNORECASE)


def mbti(text: str) -> str:
    """Return one of the 16 types: `enfp`, `ENFP-T`. The suffix of one publisher's test is dropped."""
    match = TYPE.fullmatch(compact(text))
    if match is None:
        raise unknown(Mbti, text)
    return match[1].upper()
