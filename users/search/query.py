"""How a typed search is understood. What is typed decides the route; a search is never an OR across tables."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Q

from users.masking import mask_name
from users.phones import national_number
from ygs_admin.db.ids import ULID_PATTERN

from . import grams
from .hangul import is_initial, next_initial_split_off

LONGEST = 100
LAST_DIGITS = 4
# What a database refuses, and what nobody sees: copied along with a name, a number or an address.
NOT_TYPED = re.compile(f"[\\x00\\ud800-\\udfff{grams.INVISIBLE}]")
NUMBER = re.compile(r"\+?[0-9().\u2010-\u2015\u2212-]*[0-9][0-9().\u2010-\u2015\u2212-]*")


class Kind(StrEnum):
    ID = "id"
    PHONE = "phone"
    PHONE_FRAGMENT = "phone_fragment"
    EMAIL = "email"
    INITIALS = "initials"
    NAME = "name"

    @property
    def is_contact(self) -> bool:
        return self in {Kind.PHONE, Kind.PHONE_FRAGMENT, Kind.EMAIL}


@dataclass(frozen=True)
class Understood:
    """What was typed, normalised, and as what it was taken."""

    kind: Kind
    text: str

    def condition(self) -> Q:
        """Return the condition on the console's index of members."""
        match self.kind:
            case Kind.ID:
                return Q(user_id=self.text)
            case Kind.PHONE:
                return Q(phone=self.text)
            case Kind.PHONE_FRAGMENT:
                return _phone_fragment(self.text)
            case Kind.EMAIL:
                return _email(self.text)
            case _:
                return _name(self.text)

    @property
    def on_record(self) -> str:
        """Return what the access record keeps of it: a contact by its kind only, a name masked like any other there."""
        if self.kind.is_contact:
            return str(self.kind)
        return mask_name(self.text) if self.kind is Kind.NAME else self.text

    @property
    def ranks_last_digits(self) -> bool:
        """Tell whether numbers that end in what was typed come first: four digits mean the last four above all."""
        return self.kind is Kind.PHONE_FRAGMENT and len(self.text) == LAST_DIGITS


def understand(typed: str) -> Understood | None:
    """Tell what somebody means by what they typed; None where they typed nothing to search by."""
    text = NOT_TYPED.sub("", typed)[:LONGEST]
    if not text:
        return None
    # Full-width letters and digits, as Korean input methods type them. Not for names: it takes single consonants apart.
    plain = unicodedata.normalize("NFKC", text)
    if found := re.fullmatch(f"(?:usr_)?({ULID_PATTERN})", plain, re.IGNORECASE | re.ASCII):
        return Understood(Kind.ID, f"usr_{found[1].upper()}")
    if "@" in plain:
        return Understood(Kind.EMAIL, plain.lower())
    if NUMBER.fullmatch(plain):
        return _understand_digits(plain)
    key = grams.name_key(text)
    return Understood(Kind.INITIALS if all(map(is_initial, key)) else Kind.NAME, key)


def _understand_digits(text: str) -> Understood:
    number = national_number(text)
    if number is not None:
        return Understood(Kind.PHONE, number)
    national = re.sub(r"^\+82\D*0?", "0", text)
    return Understood(Kind.PHONE_FRAGMENT, re.sub(r"\D", "", national))


def _phone_fragment(digits: str) -> Q:
    condition = Q(phone__contains=digits)
    wanted = grams.phone_grams(digits)
    return condition & Q(grams__contains=wanted) if wanted else condition


def _email(text: str) -> Q:
    if text.startswith("@"):
        return Q(domain_key__startswith=text[1:])
    return Q(email_key__startswith=text)


def _name(key: str) -> Q:
    readings = [key, next_initial_split_off(key)]
    return reduce(or_, (_one_reading(reading) for reading in readings if reading))


def _one_reading(key: str) -> Q:
    condition = Q(grams__contains=grams.name_grams(key))
    return condition if grams.grams_say_all(key) else condition & Q(name_key__regex=grams.name_pattern(key))
