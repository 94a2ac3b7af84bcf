"""From what people type to what the shared tables keep. Forms, the admin and imports clean by the same functions.

Each takes text and returns the domain value, or raises `ValidationError` with a message for whoever typed it. Empty
text is not their business: whether a value may be missing depends on the column.
"""

from .birth_year import birth_year
from .district import district
from .email import email
from .height import height
from .phone import phone
from .text import handle, line, person_name, prose

__all__ = ["birth_year", "district", "email", "handle", "height", "line", "person_name", "phone", "prose"]
