"""Keeps out of the log what says who somebody is, and what lets somebody in."""

import logging
import re

from .viewer import viewed_by

REMOVED = "[removed]"
HANGUL = r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
PATTERNS = (
    # Addresses that S3 has signed: whoever has one has the object.
    (re.compile(r"(X-Amz-[\w-]+=)[^&\s\"'>]+", re.IGNORECASE), rf"\1{REMOVED}"),
    # What forms, cookies and headers carry under these names.
    (
        re.compile(
            r"""([\w-]*(?:password|csrf|session|token|secret)[\w-]*["']?\s*[:=]\s*["']?)[^\s"'&;,)]+""",
            re.IGNORECASE,
        ),
        rf"\1{REMOVED}",
    ),
    (re.compile(r"""(authorization["']?\s*[:=]\s*["']?)[^"'\r\n;]+""", re.IGNORECASE), rf"\1{REMOVED}"),
    # What PostgreSQL adds to an error: the row, the key, the statement with its values, the place in it.
    (
        re.compile(
            r"\b(DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+):.*?"
            r"(?=\n+(?:HINT:|Traceback \(most|The above exception|During handling| *\||  File \")|\Z)",
            re.DOTALL,
        ),
        rf"\1: {REMOVED}",
    ),
    # A value that is none, as PostgreSQL, Python and Django say it.
    (
        re.compile(
            r"(invalid input (?:syntax|value) for [\w ]+: |invalid literal for int\(\) with base 10: |"
            r"could not convert string to float: |expected a [\w ]+ but got )[\"'].*"
        ),
        rf"\1{REMOVED}",
    ),
    # The console logs in English: what is Korean was typed by somebody, or says who somebody is.
    (re.compile(f"[{HANGUL}]+"), REMOVED),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), REMOVED),
    # A mobile number however it is written, or a whole one abroad; not the digits inside an id.
    (re.compile(r"(?<![\w-])(?:\+?82[ -]?|0)1[016789][ .-]?\d{3,4}[ .-]?\d{4}(?!\w)"), REMOVED),
)


def scrubbed(text: str) -> str:
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text


class ScrubbingFormatter(logging.Formatter):
    """Formats a record with its stack trace for nobody's eyes, and then takes out what does not belong in a log."""

    def format(self, record: logging.LogRecord) -> str:
        with viewed_by(None):
            return scrubbed(super().format(record))
