"""Texts in a member's own voice, composed from many small pieces in one tone."""

import re
from random import Random

from . import phrases
from .draws import happens
from .people import Person
from .rows import ProfileRow
from .staff_phrases import PREFERENCE_NOTES
from .world import World

POLITE, FORMAL = 1, 2
SILENT = 0.05  # how many leave the text empty
_PARTICLE = re.compile(r"(.)\[(\w+)]")
# The form after a final consonant → the form after a vowel.
_PARTICLES = {"을": "를", "은": "는", "이": "", "과": "와", "으로": "로", "이라": "라", "이에": "예"}
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS, _FINAL_L = 0xAC00, 0xD7A3, 28, 8

_BODY = (
    phrases.CHARACTERS, phrases.WEEKENDS, phrases.FOODS, phrases.FAMILIES, phrases.WORKS, phrases.VALUES,
    phrases.WEEKENDS, phrases.CHARACTERS,
)  # fmt: skip


def with_particles(text: str) -> str:
    """Resolve `[을]` and its like by the final consonant before it: `요가[을]` → `요가를`, `서울[으로]` → `서울로`."""
    return _PARTICLE.sub(_resolved, text)


def _resolved(match: re.Match[str]) -> str:
    before, particle = match.groups()
    final = _final(before)
    takes_vowel_form = final == 0 or (final == _FINAL_L and particle == "으로")
    return before + (_PARTICLES[particle] if takes_vowel_form else particle)


def _final(character: str) -> int:
    """Return the number of the final consonant, 0 for none; text that is not Hangul counts as ending in a vowel."""
    if not _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE:
        return 0
    return (ord(character) - _FIRST_SYLLABLE) % _FINALS


def profile_row(world: World, person: Person) -> ProfileRow:
    profile = person.profile
    rng = world.stream("texts", person.index)
    tone = rng.choice((POLITE, POLITE, POLITE, FORMAL))
    return ProfileRow(
        id=person.id,
        user_id=person.id,
        height=profile.height,
        education=profile.education,
        university=profile.university,
        job=profile.job.title,
        salary_range=profile.salary_range,
        district=profile.district,
        mbti=profile.mbti,
        about_me=_about_me(person, tone, rng) if not happens(SILENT, rng) else None,
        profile_appeal=_appeal(person, tone, rng) if not happens(SILENT, rng) else None,
    )


def preference_note(rng: Random) -> str | None:
    return rng.choice(PREFERENCE_NOTES) if happens(0.16, rng) else None


def _about_me(person: Person, tone: int, rng: Random) -> str:
    body = rng.sample(_BODY, rng.choice((1, 2, 2, 3, 3, 4)))
    sections = [phrases.OPENINGS, *body]
    if happens(0.6, rng):
        sections.append(phrases.WISHED_PARTNERS)
    if happens(0.35, rng):
        sections.append(phrases.CLOSINGS)
    pets = phrases.PETS.get(person.lifestyle.pet or "")
    if pets and happens(0.5, rng):
        sections.insert(2, pets)
    return _composed(person, sections, tone, rng)


def _appeal(person: Person, tone: int, rng: Random) -> str:
    return _composed(person, [phrases.APPEALS] * rng.choice((1, 2, 2, 3)), tone, rng)


def _composed(person: Person, sections: list[tuple[str, ...]], tone: int, rng: Random) -> str:
    fillings = _fillings(person, rng)
    pieces: list[str] = []
    for section in sections:
        candidates = [piece for piece in section if piece not in pieces and _fits(piece, person)]
        pieces.append(rng.choice(candidates))
    return " ".join(_sentence(piece, tone, fillings) for piece in pieces)


def _fits(piece: str, person: Person) -> bool:
    """A piece must not contradict what the member states elsewhere."""
    if "{mbti}" in piece:
        return person.profile.mbti is not None
    if "비흡연자" in piece:
        return (person.lifestyle.smoking, person.lifestyle.drinking) == ("never", "sometimes")
    if "{given}" in piece:
        return bool(person.family)
    return "아이가 생긴다면" not in piece or person.lifestyle.wants_children == "yes"


def _sentence(piece: str, tone: int, fillings: dict[str, str | int]) -> str:
    parts = piece.split("|")
    return with_particles((parts[0] + parts[tone]).format_map(fillings))


def _fillings(person: Person, rng: Random) -> dict[str, str | int]:
    hobbies = [*person.lifestyle.hobbies, "산책", "음악 감상"]
    trait, trait2 = rng.sample(phrases.TRAITS, 2)
    mbti = person.profile.mbti or ""
    decade, year = divmod(person.age, 10)
    return {
        "home": (person.profile.district or "서울").split()[-1],
        "job": re.sub(r" \(.*\)", "", person.profile.job.title),
        "year": f"{person.birth_year % 100:02}",
        "given": person.given,
        "years": max(1, min(20, person.age - 25 - rng.randint(0, 4))),
        "lived": rng.randint(2, 8),
        "age": decade * 10,
        "stage": ("초반", "초반", "초반", "초반", "중반", "중반", "중반", "후반", "후반", "후반")[year],
        "trait": trait,
        "trait2": trait2,
        "mbti": mbti,
        "mbti_trait": rng.choice(phrases.MBTI_TRAITS[mbti[:2]]) if mbti else "",
        "hobby": hobbies[0],
        "hobby2": hobbies[1],
        "hobby_years": rng.randint(1, 6),
        "food": rng.choice(phrases.DISHES),
        "siblings": rng.choice(phrases.SIBLINGS),
    }
