"""What a drawn person looks like: fixed for a face, whatever the picture; and what changes from picture to picture."""

from dataclasses import dataclass
from random import Random

from ..draws import Weighted, happens
from .canvas import Colour

MALE_HAIR = Weighted(
    (("fringe", 24), ("side_part", 24), ("swept_up", 16), ("crop", 14), ("curtain", 12), ("waves", 10))
)
FEMALE_HAIR = Weighted(
    (
        ("long_straight", 18), ("long_waves", 18), ("long_fringe", 16), ("bob", 12), ("bob_fringe", 10),
        ("ponytail", 12), ("bun", 8), ("short", 6),
    )
)  # fmt: skip
SKIN: tuple[Colour, ...] = (
    (252, 224, 203), (249, 216, 192), (246, 208, 182), (243, 202, 174), (237, 192, 160), (228, 180, 147),
    (250, 219, 200),
)  # fmt: skip
HAIR: tuple[Colour, ...] = (
    (38, 32, 36), (46, 36, 36), (54, 40, 36), (66, 47, 39), (82, 57, 44), (101, 70, 52), (60, 44, 52), (31, 30, 38),
)  # fmt: skip
GREY: Colour = (120, 116, 118)
LIPS: tuple[Colour, ...] = ((202, 98, 96), (196, 84, 92), (214, 112, 104), (184, 78, 84), (208, 104, 118))
CLOTHES: dict[str, tuple[str, ...]] = {
    "male": ("suit", "suit", "shirt", "shirt", "tee", "knit", "turtleneck", "hoodie", "cardigan"),
    "female": ("blazer", "blouse", "blouse", "knit", "knit", "turtleneck", "cardigan", "tee", "shirt"),
}
BACKDROPS = ("studio", "studio", "studio", "park", "cafe", "window", "sea", "street", "evening")
FABRIC: tuple[Colour, ...] = (
    (62, 78, 108), (48, 54, 70), (120, 134, 152), (226, 220, 208), (244, 240, 234), (178, 126, 110), (150, 166, 148),
    (200, 176, 146), (112, 86, 84), (206, 152, 150), (88, 116, 124), (168, 152, 184), (230, 200, 178), (74, 92, 82),
    (186, 92, 84), (232, 214, 160),
)  # fmt: skip
GREYING_FROM, LINES_FROM = 44, 41


@dataclass(frozen=True, slots=True)
class Face:
    """Measures in the canvas's units; shares around 1.0 scale what is usual."""

    gender: str
    age: int
    skin: Colour
    hair: Colour
    hair_style: str
    hair_volume: float
    parts_left: bool
    half_width: float
    jaw: float
    chin: float
    eye_width: float
    eye_height: float
    eye_tilt: float
    eye_gap: float
    double_lid: bool
    brow_weight: float
    brow_arch: float
    nose: float
    mouth_width: float
    lips: Colour
    glasses: str | None
    stubble: bool

    @property
    def is_man(self) -> bool:
        return self.gender == "male"

    @property
    def has_lines(self) -> bool:
        return self.age >= LINES_FROM


@dataclass(frozen=True, slots=True)
class Setting:
    smile: str
    tilt: float
    zoom: float
    shift: float
    clothes: str
    fabric: Colour
    inner_fabric: Colour
    backdrop: str
    wears_glasses: bool


def draw_face(gender: str, age: int, rng: Random) -> Face:
    is_man = gender == "male"
    hair = rng.choice(HAIR)
    if age >= GREYING_FROM:
        share = rng.uniform(0, 0.55 if is_man else 0.25)
        hair = tuple(round(a + (b - a) * share) for a, b in zip(hair, GREY, strict=True))  # type: ignore[assignment]
    return Face(
        gender=gender,
        age=age,
        skin=rng.choice(SKIN),
        hair=hair,
        hair_style=(MALE_HAIR if is_man else FEMALE_HAIR).draw(rng),
        hair_volume=rng.uniform(0.8, 1.25),
        parts_left=happens(0.5, rng),
        half_width=rng.uniform(84, 93) if is_man else rng.uniform(78, 87),
        jaw=rng.uniform(0.76, 0.86) if is_man else rng.uniform(0.68, 0.78),
        chin=rng.uniform(108, 118) if is_man else rng.uniform(102, 111),
        eye_width=rng.uniform(13.5, 16.5) if is_man else rng.uniform(15, 18),
        eye_height=rng.uniform(7, 9) if is_man else rng.uniform(8.5, 10.5),
        eye_tilt=rng.uniform(-5, 3),
        eye_gap=rng.uniform(34, 38),
        double_lid=happens(0.45 if is_man else 0.75, rng),
        brow_weight=rng.uniform(7, 9.5) if is_man else rng.uniform(4.5, 6.5),
        brow_arch=rng.uniform(1, 6),
        nose=rng.uniform(0.85, 1.15),
        mouth_width=rng.uniform(24, 30) if is_man else rng.uniform(22, 27),
        lips=rng.choice(LIPS),
        glasses=rng.choice(("round", "square", "thin")) if happens(0.36 if is_man else 0.18, rng) else None,
        stubble=is_man and happens(0.12, rng),
    )


def draw_setting(gender: str, rng: Random) -> Setting:
    return Setting(
        smile=rng.choice(("closed", "closed", "open", "slight")),
        tilt=rng.uniform(-4.5, 4.5),
        zoom=rng.uniform(1.14, 1.34),
        shift=rng.uniform(-14, 14),
        clothes=rng.choice(CLOTHES[gender]),
        fabric=rng.choice(FABRIC),
        inner_fabric=rng.choice(((250, 250, 248), (238, 242, 248), (246, 240, 230), (216, 226, 236))),
        backdrop=rng.choice(BACKDROPS),
        wears_glasses=happens(0.85, rng),
    )
