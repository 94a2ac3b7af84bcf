"""Why a file can't be read at all. What is wrong with one row rejects that row, and is no exception to the file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


class UnreadableFileError(Exception):
    """Nothing of the file was imported; the message says why, to the person who gave it."""


class UndecodableFileError(UnreadableFileError):
    def __init__(self, encoding: str, line: int, byte: int) -> None:
        message = _("Line %(line)s has a byte, 0x%(byte)02X, that is not %(encoding)s. Save the file as UTF-8.")
        super().__init__(message % {"line": line, "byte": byte, "encoding": encoding.upper()})


class HeaderError(UnreadableFileError):
    """The columns are not what a file of members has; the message lists every problem and what is known."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__("\n".join(problems))
