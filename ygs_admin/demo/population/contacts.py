"""Phone numbers, e-mail addresses and the ids of the services that members sign in with."""

from random import Random

from .draws import Weighted, happens
from .world import World

NUMBERS = 80_000_000  # the eight digits after 010 begin with 2 to 9
FIRST_NUMBER = 20_000_000
HALF = 8_960  # HALF * HALF is little above NUMBERS, so that few numbers are drawn again
LEGACY_SHARE = 0.002  # numbers of before 2004 that their holders could keep

_MAIL = Weighted(
    (("naver.com", 60), ("gmail.com", 22), ("kakao.com", 9), ("daum.net", 4), ("hanmail.net", 4), ("nate.com", 1))
)
_WORDS = (
    "happy", "sunny", "blue", "star", "moon", "sweet", "lucky", "coffee", "dream", "smile", "little", "green", "ocean",
    "spring", "forest", "music", "travel", "bravo", "lemon", "cloud",
)  # fmt: skip
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
)  # fmt: skip
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "p", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
)  # fmt: skip
# How bearers of the commonest family names spell them, whatever the rules say.
_CUSTOMARY = {
    "김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho", "윤": "yoon",
    "장": "jang", "임": "lim", "오": "oh", "신": "shin", "권": "kwon", "유": "yoo", "고": "ko", "문": "moon",
    "배": "bae",
    "백": "baek", "허": "heo", "노": "noh", "우": "woo", "구": "koo",
}  # fmt: skip
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3


def phone_number(world: World, index: int, rng: Random) -> str:
    """Return a number that no other member of this population has.

    The eight digits are a seeded permutation of the index (a Feistel network, walked until it is within range), so
    that a million members get distinct numbers without anybody keeping a list.
    """
    number = index
    while True:
        number = _permuted(number, world.seed)
        if number < NUMBERS:
            break
    return f"{'011' if happens(LEGACY_SHARE, rng) else '010'}{FIRST_NUMBER + number}"


def _permuted(number: int, seed: int) -> int:
    left, right = divmod(number, HALF)
    for turn in range(4):
        left, right = right, (left + (right * 7919 + seed * 104_729 + turn * 611_953) * (right + 31) // 97) % HALF
    return left * HALF + right


def email_address(family: str, given: str, birth_year: int, rng: Random) -> str | None:
    """Return an address as people make them up from name, birth year and taste; one in fourteen gave none."""
    if happens(1 / 14, rng):
        return None
    return (
        f"{_mailbox(_CUSTOMARY.get(family) or romanised(family), romanised(given), birth_year, rng)}@{_MAIL.draw(rng)}"
    )


def _mailbox(family: str, given: str, birth_year: int, rng: Random) -> str:
    digits = rng.choice(
        (f"{birth_year % 100:02}", f"{rng.randint(1, 12):02}{rng.randint(1, 28):02}", str(rng.randint(1, 999)))
    )
    patterns = (
        f"{given}{family}{digits}",
        f"{family}{given}{digits}",
        f"{given}.{family}{digits}" if family else f"{given}{digits}",
        f"{given}_{digits}",
        f"{rng.choice(_WORDS)}{given[:4]}{digits}",
        f"{rng.choice(_WORDS)}{digits}{rng.randint(0, 9)}",
    )
    return rng.choice(patterns)


def romanised(text: str) -> str:
    """Return text in lower-case Latin letters, syllable by syllable (Revised Romanization without assimilation)."""
    return "".join(_letters(character) for character in text if not character.isspace())


def _letters(character: str) -> str:
    if not _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE:
        return character.lower()
    initial, rest = divmod(ord(character) - _FIRST_SYLLABLE, 21 * 28)
    vowel, final = divmod(rest, 28)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]


def kakao_id(given: str, rng: Random) -> str | None:
    """Return the id of a Kakao account; a third signed up another way."""
    return f"{romanised(given)}{rng.randint(10, 9999)}" if happens(2 / 3, rng) else None


def firebase_id(rng: Random) -> str | None:
    """Return an id of 28 letters and digits, as Firebase makes them; a tenth came before the app."""
    return "".join(rng.choices(_ALPHABET, k=28)) if happens(0.9, rng) else None
