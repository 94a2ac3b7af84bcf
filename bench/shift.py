"""Staff at work, each in a thread: some edit a member and read it back on the next page, others list and read."""

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from .browser import Browser, Page

BREATH = 0.2
"""Seconds that somebody waits who was shown an error."""
JOB = "직업 "
LISTS = ("/users/", "/users/?status=approved", f"/users/?q={quote('김')}", "/users/?gender=female")


@dataclass(frozen=True)
class Seen:
    """One request: `kind` is `list`, `member`, `form`, `save` or `back`, the last being the page after a save."""

    scene: str
    kind: str
    page: Page
    at: float
    is_stale: bool = False


@dataclass
class Log:
    """What all of them have seen. Appending to a list is atomic."""

    scene: str = ""
    seen: list[Seen] = field(default_factory=list)
    cycles: int = 0

    def note(self, kind: str, page: Page, *, is_stale: bool = False) -> Page:
        # The pages' text is not kept.
        bare = Page(page.status, "", "", page.alias, page.seconds)
        self.seen.append(Seen(self.scene, kind, bare, time.monotonic(), is_stale))
        return page


class Worker(threading.Thread):
    """Does its work over and over until the shift ends."""

    def __init__(self, browser: Browser, log: Log, ended: threading.Event) -> None:
        super().__init__(daemon=True)
        self.browser, self.log, self.ended = browser, log, ended

    def run(self) -> None:
        while not self.ended.is_set():
            if not self.work():
                self.ended.wait(BREATH)

    def work(self) -> bool:
        """Work once; return whether all went well."""
        raise NotImplementedError


class Editor(Worker):
    """Edits one member, whom nobody else edits, and knows the numbers of the `acknowledged` edits."""

    def __init__(self, browser: Browser, log: Log, ended: threading.Event, member: str) -> None:
        super().__init__(browser, log, ended)
        self.member = member
        self.tried = 0
        self.acknowledged: set[int] = set()

    def work(self) -> bool:
        path = f"/users/{self.member}/edit/profile/"
        form = self.log.note("form", self.browser.get(path))
        if form.status != 200 or form.is_read_only:
            return False
        self.tried += 1
        saved = self.log.note("save", self.browser.post(path, form.form | {"job": job(self.tried)}))
        if saved.status != 302:
            return False
        self.acknowledged.add(self.tried)
        return self._read_back()

    def _read_back(self) -> bool:
        page = self.browser.get(f"/users/{self.member}/")
        is_there = page.status != 200 or job(self.tried) in page.text or page.is_read_only
        self.log.note("back", page, is_stale=not is_there)
        self.log.cycles += 1
        return page.status == 200


class Reader(Worker):
    """Reads lists, and members of them, and writes nothing."""

    def __init__(self, browser: Browser, log: Log, ended: threading.Event, members: Sequence[str]) -> None:
        super().__init__(browser, log, ended)
        self.members = members

    def work(self) -> bool:
        if random.random() < 0.5:
            page = self.log.note("list", self.browser.get(random.choice(LISTS)))
        else:
            page = self.log.note("member", self.browser.get(f"/users/{random.choice(self.members)}/"))
        return page.status == 200


def job(number: int) -> str:
    """Return what an editor writes, which no other edit's begins with."""
    return f"{JOB}{number}번"
