"""Keeps out of the log what says who somebody is, and what lets somebody in."""

import logging
import re

REMOVED = "[removed]"
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
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), REMOVED),
    # A mobile number however it is written, or a whole one abroad; not the digits inside an id.
    (re.compile(r"(?<![\w-])(?:\+?82[ -]?|0)1[016789][ .-]?\d{3,4}[ .-]?\d{4}(?!\w)"), REMOVED),
)


def scrubbed(text: str) -> str:
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text


class ScrubbingFormatter(logging.Formatter):
    """Formats a record with its stack trace, and then takes out what does not belong in a log."""

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))
