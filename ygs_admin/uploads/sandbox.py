"""Runs the decoding of one file in a process of its own (`decoding/`): no secrets, few rights, little time.

A process a file costs about 0.1 s, most of it for loading the decoders. None is kept for the next file: what one file
has done to a decoder never meets another. The process runs under the console's own account: a decoder that was taken
over could read what that account can. What is sent back is therefore taken for as foreign as the file.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from .errors import REASONS, BusyError, UploadRefusedError

logger = logging.getLogger(__name__)

SECONDS = 40
# Each takes a processor and up to `decoding.limits.MEMORY_BYTES`: more at once would only make all of them slower.
MOST_AT_ONCE = max(2, os.cpu_count() or 2)
PATIENCE_SECONDS = 10
LARGEST_FILE = 20 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
# Isolated: neither the environment nor the working directory has a say in what is imported.
COMMAND = (
    sys.executable,
    "-I",
    "-c",
    f"import sys; sys.path.append({str(ROOT)!r}); from ygs_admin.uploads.decoding.worker import main; main()",
)

_places = BoundedSemaphore(MOST_AT_ONCE)


def decode(operation: str, content: bytes, **arguments: Any) -> tuple[dict[str, Any], list[bytes]]:
    """Return what `decoding/worker.py` finds and makes.

    Raises:
        UploadRefusedError: the file is empty, larger than `LARGEST_FILE`, or cannot be opened within the limits.
        BusyError: too many others are being decoded; this one may be sent again.
    """
    if not content:
        raise UploadRefusedError("empty")
    if len(content) > LARGEST_FILE:
        raise UploadRefusedError("too_large")
    try:
        with _place():
            output = _run(operation, content, arguments)
        facts, files = _answer(output)
    except (ValueError, KeyError, TypeError):
        raise UploadRefusedError("damaged") from None
    if "refused" in facts:
        raise UploadRefusedError(facts["refused"] if facts["refused"] in REASONS else "damaged")
    return facts, files


@contextmanager
def _place() -> Iterator[None]:
    """Wait for one of this server process's places; whoever waits in vain is told, and no queue piles up."""
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        _places.release()


def _run(operation: str, content: bytes, arguments: dict[str, Any]) -> bytes:
    head = json.dumps({"operation": operation, "arguments": arguments}).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            COMMAND,
            input=head + b"\n" + content,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={},
            cwd="/",
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise UploadRefusedError("took_too_long") from None
    except subprocess.CalledProcessError as ended:
        # By a signal: a limit was reached, or a decoder fell, and whatever this file is, it is not a sound one.
        if ended.returncode > 0:
            logger.exception("The decoding process failed: %s", ended.stderr.decode(errors="replace")[-500:])
        raise UploadRefusedError("damaged") from None
    return done.stdout


def _answer(output: bytes) -> tuple[dict[str, Any], list[bytes]]:
    head, _, rest = output.partition(b"\n")
    facts: dict[str, Any] = json.loads(head)
    files = []
    for length in facts.pop("lengths"):
        files.append(rest[:length])
        rest = rest[length:]
    return facts, files
