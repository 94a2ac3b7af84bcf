"""Haircuts as measures: the hairline over the brow, how high and wide the hair stands, and its strands."""

from dataclasses import dataclass

# A place on the head: a share of the half width to the right of the middle, and units below the line of the ears.
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cut:
    """`hairline` runs from the right temple to the left. `reach` is how far below the ears' line the sides come."""

    hairline: tuple[Spot, ...]
    lift: float
    reach: float = 12.0
    sides: float = 7.0
    strands: tuple[tuple[Spot, ...], ...] = ()
    strand_is_dark: float = 0.28
    has_curls: bool = False
    has_loose_strands: bool = False
    mirrors: bool = True


def _combed(
    *shares: float, towards: tuple[float, float], heights: tuple[float, float, float]
) -> tuple[tuple[Spot, ...], ...]:
    """Return strands that start at these shares and lean by `towards` at their middle and end."""
    top, middle, end = heights
    return tuple(((x, top), (x + towards[0], middle), (x + towards[1], end)) for x in shares)


FRINGE = Cut(
    hairline=(
        (0.99, 8),
        (0.86, -30),
        (0.62, -38),
        (0.3, -44),
        (-0.05, -38),
        (-0.4, -46),
        (-0.68, -36),
        (-0.86, -30),
        (-0.99, 8),
    ),
    lift=27,
    strands=_combed(-0.32, 0.02, 0.4, 0.7, towards=(-0.1, -0.14), heights=(-110, -80, -50)),
)
SIDE_PART = Cut(
    hairline=(
        (0.99, 8),
        (0.9, -34),
        (0.74, -62),
        (0.42, -84),
        (0.05, -72),
        (-0.42, -56),
        (-0.78, -44),
        (-0.92, -26),
        (-0.99, 8),
    ),
    lift=30,
    strands=(((0.42, -86), (0.4, -110), (0.3, -128)),),
    strand_is_dark=0.35,
)
SWEPT_UP = Cut(
    hairline=(
        (0.99, 8),
        (0.93, -40),
        (0.78, -68),
        (0.4, -84),
        (0, -89),
        (-0.4, -84),
        (-0.78, -68),
        (-0.93, -40),
        (-0.99, 8),
    ),
    lift=37,
    sides=4,
    strands=_combed(-0.5, -0.22, 0.08, 0.36, towards=(0.06, 0.2), heights=(-84, -112, -134)),
)
CROP = Cut(
    hairline=(
        (0.99, 2),
        (0.92, -44),
        (0.66, -66),
        (0.3, -70),
        (0, -66),
        (-0.3, -70),
        (-0.66, -66),
        (-0.92, -44),
        (-0.99, 2),
    ),
    lift=15,
    reach=2,
    sides=3,
)
CURTAIN = Cut(
    hairline=(
        (0.99, 8),
        (0.94, -22),
        (0.72, -40),
        (0.36, -66),
        (0.1, -92),
        (-0.2, -66),
        (-0.6, -42),
        (-0.92, -22),
        (-0.99, 8),
    ),
    lift=31,
)
WAVES = Cut(
    hairline=(
        (0.99, 8),
        (0.88, -34),
        (0.6, -48),
        (0.3, -42),
        (0, -54),
        (-0.34, -42),
        (-0.62, -50),
        (-0.88, -34),
        (-0.99, 8),
    ),
    lift=30,
    has_curls=True,
)
PARTED = Cut(
    hairline=(
        (1.02, 30),
        (0.9, -18),
        (0.66, -52),
        (0.3, -82),
        (0.12, -98),
        (-0.1, -84),
        (-0.58, -56),
        (-0.88, -16),
        (-1.02, 30),
    ),
    lift=25,
    reach=46,
    sides=11,
)
FULL_FRINGE = Cut(
    hairline=(
        (1.02, 34),
        (0.84, -20),
        (0.7, -34),
        (0.34, -40),
        (0, -41),
        (-0.34, -40),
        (-0.7, -34),
        (-0.84, -20),
        (-1.02, 34),
    ),
    lift=24,
    reach=46,
    sides=11,
    strands=tuple(((x * 0.7, -102), (x, -72), (x + 0.02, -44)) for x in (-0.52, -0.24, 0.06, 0.34, 0.58)),
    mirrors=False,
)
PULLED_BACK = Cut(
    hairline=(
        (0.99, 4),
        (0.92, -36),
        (0.7, -68),
        (0.3, -86),
        (0, -90),
        (-0.3, -86),
        (-0.7, -68),
        (-0.92, -36),
        (-0.99, 4),
    ),
    lift=18,
    sides=5,
    has_loose_strands=True,
)
SHORT = Cut(
    hairline=(
        (1, 22),
        (0.88, -22),
        (0.66, -58),
        (0.34, -78),
        (0, -60),
        (-0.44, -46),
        (-0.8, -34),
        (-0.9, -10),
        (-1, 22),
    ),
    lift=27,
    reach=30,
    sides=9,
)

CUTS = {
    "fringe": FRINGE,
    "side_part": SIDE_PART,
    "swept_up": SWEPT_UP,
    "crop": CROP,
    "curtain": CURTAIN,
    "waves": WAVES,
    "long_straight": PARTED,
    "long_waves": PARTED,
    "long_fringe": FULL_FRINGE,
    "bob": PARTED,
    "bob_fringe": FULL_FRINGE,
    "ponytail": PULLED_BACK,
    "bun": PULLED_BACK,
    "short": SHORT,
}
