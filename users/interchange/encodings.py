"""Which encoding a file is in, decided on all of its bytes and none of its size in memory."""

import codecs
import io
from dataclasses import dataclass
from pathlib import Path

from .errors import UndecodableFileError

CHUNK = 1 << 20
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
WITHOUT_BOM = ("utf-8", "cp949")


@dataclass(frozen=True)
class Encoding:
    """A codec's name, and how many bytes stand before the text."""

    name: str
    bom_length: int = 0


@dataclass(frozen=True)
class _Fault:
    """Where decoding fails: the number of the physical line, and the byte."""

    encoding: str
    line: int
    byte: int


def encoding_of(path: Path) -> Encoding:
    """Return the encoding in which every byte of the file is valid: what its BOM says, else UTF-8, else CP949.

    UTF-8 is asked first, as Korean in CP949 is practically never valid UTF-8, and both are asked strictly. Reads the
    file once or twice, a megabyte at a time.

    Raises:
        UndecodableFileError: names the line where the encoding that got furthest fails.
    """
    marked = _marked_encoding(path)
    faults = []
    for candidate in [marked] if marked else [Encoding(name) for name in WITHOUT_BOM]:
        fault = _first_fault(path, candidate)
        if fault is None:
            return candidate
        faults.append(fault)
    furthest = max(faults, key=lambda fault: fault.line)
    raise UndecodableFileError(furthest.encoding, furthest.line, furthest.byte)


def _marked_encoding(path: Path) -> Encoding | None:
    with path.open("rb") as file:
        start = file.read(3)
    return next((Encoding(name, len(bom)) for bom, name in BOMS if start.startswith(bom)), None)


def _first_fault(path: Path, encoding: Encoding) -> _Fault | None:
    # The newline decoder turns every kind of line break into one character, also one that two chunks share.
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding.name)(), translate=True)
    line = 1
    with path.open("rb") as file:
        file.seek(encoding.bom_length)
        while True:
            chunk = file.read(CHUNK)
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                return _fault(encoding, line, error)
            if not chunk:
                return None


def _fault(encoding: Encoding, line: int, error: UnicodeDecodeError) -> _Fault:
    before = error.object[: error.start].decode(encoding.name)
    breaks = before.count("\n") + before.count("\r") - before.count("\r\n")
    return _Fault(encoding.name, line + breaks, error.object[error.start])
