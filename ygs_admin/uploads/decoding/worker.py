"""The decoding process: one request on the standard input, one answer on the standard output.

Each is a line of JSON and then bytes: of a request the file, of an answer as many files as `lengths` says.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from .limits import confine
from .papers import draw_page, is_paper, open_paper, rebuilt
from .pictures import as_jpeg, look_at_picture, open_picture
from .refusal import RefusalError
from .watermark import stamp

PHOTO_SIDE = 2048
THUMBNAIL_SIDE = 320
LEAST_PHOTO_SIDE = 200
DOCUMENT_SIDE = 3000
LEAST_DOCUMENT_SIDE = 100
PAGE_SIDE = 2000

Facts = dict[str, Any]
Answer = tuple[Facts, list[bytes]]


def photo(content: bytes) -> Answer:
    image = open_picture(content, least_side=LEAST_PHOTO_SIDE)
    facts = {"width": image.width, "height": image.height}
    return facts, [as_jpeg(image, longest_side=side) for side in (PHOTO_SIDE, THUMBNAIL_SIDE)]


def document(content: bytes) -> Answer:
    if is_paper(content):
        paper = open_paper(content)
        return {"content_type": "application/pdf", "pages": len(paper)}, [rebuilt(paper)]
    image = open_picture(content, least_side=LEAST_DOCUMENT_SIDE)
    return {"content_type": "image/jpeg", "pages": 1}, [as_jpeg(image, longest_side=DOCUMENT_SIDE)]


def count(content: bytes) -> Answer:
    if is_paper(content):
        return {"pages": len(open_paper(content))}, []
    look_at_picture(content, least_side=1)
    return {"pages": 1}, []


def page(content: bytes, number: int, watermark: str, font_file: str | None) -> Answer:
    paper = open_paper(content) if is_paper(content) else None
    pages = len(paper) if paper else 1
    if not 1 <= number <= pages:
        raise RefusalError("no_such_page")
    image = draw_page(paper, number, longest_side=PAGE_SIDE) if paper else open_picture(content, least_side=1)
    image.thumbnail((PAGE_SIDE, PAGE_SIDE))
    return {"pages": pages}, [as_jpeg(stamp(image, watermark, font_file), longest_side=PAGE_SIDE)]


OPERATIONS: dict[str, Callable[..., Answer]] = {
    "photo": photo,
    "document": document,
    "count": count,
    "page": page,
}


def main() -> None:
    request = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    confine()
    try:
        facts, files = OPERATIONS[request["operation"]](content, **request["arguments"])
    except RefusalError as refusal:
        facts, files = {"refused": refusal.code}, []
    except MemoryError:
        facts, files = {"refused": "too_many_pixels"}, []
    head = json.dumps(facts | {"lengths": [len(file) for file in files]})
    sys.stdout.buffer.write(head.encode() + b"\n" + b"".join(files))
    sys.stdout.buffer.flush()
