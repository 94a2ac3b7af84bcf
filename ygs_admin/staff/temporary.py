"""Passwords for a first sign-in, which people read out aloud and type once."""

import secrets

# Syllables that are typed without looking twice: no l beside 1, no o beside 0.
SYLLABLES = [consonant + vowel for consonant in "bdfghjkmnprstvz" for vowel in "aeiu"]


def new_password() -> str:
    """Return three words and a number, some 55 bits."""
    words = ["".join(secrets.choice(SYLLABLES) for _syllable in range(3)) for _word in range(3)]
    return "-".join([*words, str(secrets.randbelow(90) + 10)])
