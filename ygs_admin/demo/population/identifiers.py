"""ULIDs for rows of the past: the time is the row's own, the random part is seeded.

The console's own generator counts on from the present clock; a population needs ids that say when its rows came to be.
"""

from datetime import datetime, timedelta
from random import Random

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - times of the population are naive UTC, as in the tables
RANDOM_BITS = 80
MILLISECOND = timedelta(milliseconds=1)

# Two characters carry ten bits; thirteen look-ups make an id of 26 characters.
_PAIRS = tuple(first + second for first in CROCKFORD for second in CROCKFORD)
_SHIFTS = range(120, -1, -10)


def seeded_id(prefix: str, moment: datetime, rng: Random) -> str:
    """Return `<prefix>_<ULID>` for a naive UTC moment; ids of later milliseconds are greater."""
    number = (moment - EPOCH) // MILLISECOND << RANDOM_BITS | rng.getrandbits(RANDOM_BITS)
    return f"{prefix}_" + "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])
