"""Text as it is stored: composed (NFC), trimmed, without characters that nobody can see."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NAME_LENGTH = 50
LINE_BREAK = re.compile(r"\r\n?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
# Zero-width spaces, direction marks and byte order marks, as address books and web pages leave them. The joiners that
# build emoji (U+200C, U+200D) are not among them.
INVISIBLE = re.compile(
    r"[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0]"
)


def compact(value: str) -> str:
    """Return text in its plainest form, for parsing: compatibility-normalised (full-width digits become ASCII), visible
    characters only, runs of white space as one space.
    """
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", value)).split())


def person_name(value: str) -> str:
    """Return a person's name: one line, at least one letter, at most 50 characters."""
    name = line(value)
    if not any(character.isalpha() for character in name):
        raise ValidationError(_("A name needs at least one letter."), code="invalid")
    if len(name) > NAME_LENGTH:
        message = _("A name has at most %(limit)s characters; this one has %(length)s.")
        raise ValidationError(message, code="max_length", params={"limit": NAME_LENGTH, "length": len(name)})
    return name


def line(value: str) -> str:
    """Return one line of visible text; line breaks, tabs and runs of spaces become one space."""
    return " ".join(storable(INVISIBLE.sub("", value)).split())


def handle(value: str) -> str:
    """Return an account's name on another service, such as a Kakao ID: one word."""
    name = line(value)
    if " " in name:
        raise ValidationError(_("An ID has no spaces."), code="invalid")
    return name


def prose(value: str) -> str:
    """Return text of several lines, trimmed, each line ended by one line feed."""
    return LINE_BREAK.sub("\n", storable(value)).strip()


def storable(value: str) -> str:
    """Return the text composed (NFC), or refuse what PostgreSQL or a page can't show.

    A file made on a Mac holds Korean decomposed: it looks the same, and no search would find it.
    """
    if CONTROL.search(value) or SURROGATE.search(value):
        raise ValidationError(_("It contains control characters."), code="control_characters")
    return unicodedata.normalize("NFC", value)
