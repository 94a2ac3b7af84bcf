"""A market in which partners are hard to share out."""

import numpy as np

from matching.engine.members import Answers, MemberRecord, Wishes


def favourites(number: int, quota: int = 1) -> list[MemberRecord]:
    """Members of whom few are everybody's favourites, and who all ask for much the same."""
    random = np.random.default_rng(number)
    asks = Wishes(birth_year_min=1985, height_min=165, smoking=("never",))
    return [
        MemberRecord(
            f"usr_{each:026d}", ("male", "female")[each % 2], int(random.integers(1980, 1990)),
            height=int(random.integers(155, 185)), smoking=("never", "regular")[each % 3 == 0], wishes=asks,
            quota=quota, got=Answers(int(random.integers(0, 20)), 20), weeks_waiting=float(random.integers(0, 20)),
        )
        for each in range(number)
    ]  # fmt: skip
