"""A headless Chromium for the tests, wherever one is or can be had. Without one they fail; none is skipped."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TIMEOUT_MILLISECONDS = 20_000
VIEWPORT = {"width": 1280, "height": 800}


class ChromiumMissingError(RuntimeError):
    """No Chromium, and none could be had; the message names every attempt."""


def find_chromium(playwright: Playwright) -> str:
    """The path of a Chromium: the system's, else Playwright's (downloaded if need be), else, for root, Debian's."""
    attempts: list[str] = []
    for attempt in (_of_the_system, _of_playwright(playwright), _of_debian):
        path = attempt(attempts)
        if path is not None:
            return path
    raise ChromiumMissingError("The browser tests need Chromium.\n" + "\n".join(attempts))


def _of_the_system(attempts: list[str]) -> str | None:
    path = next((found for name in SYSTEM_NAMES if (found := shutil.which(name))), None)
    if path is None:
        attempts.append(f"- none of {', '.join(SYSTEM_NAMES)} is on the PATH")
    return path


def _of_playwright(playwright: Playwright) -> Callable[[list[str]], str | None]:
    def find(attempts: list[str]) -> str | None:
        path = playwright.chromium.executable_path
        if not Path(path).exists():
            _run([sys.executable, "-m", "playwright", "install", "chromium"], attempts)
        return path if Path(path).exists() else None

    return find


def _of_debian(attempts: list[str]) -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        attempts.append("- `apt-get install chromium` wants root on Debian or its kin")
        return None
    _run(["apt-get", "install", "--yes", "--no-install-recommends", "chromium", "fonts-nanum"], attempts)
    return shutil.which("chromium")


def _run(command: list[str], attempts: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        attempts.append(f"- `{' '.join(command)}` failed: {(done.stderr or done.stdout).strip()[-500:]}")


@pytest.fixture(scope="session")
def launch_browser() -> Iterator[Callable[[], Browser]]:
    """Starts a Chromium, headless; its sandbox is off for root only, under whom it refuses to run with one."""
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]
        path = find_chromium(playwright)
        yield lambda: playwright.chromium.launch(executable_path=path, args=flags)


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """The Chromium that the tests share."""
    chromium = launch_browser()
    yield chromium
    chromium.close()


# A refused response is reported on the console too, without its status, which `_check` judges. Leaving a page ends what
# it was still asking for (`_miss`), which htmx reports in two lines.
JUDGED_OTHERWISE = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")


@dataclass
class Troubles:
    """What a page must not have: errors of scripts and on the console (the content policy's too), failed requests."""

    expected_statuses: Collection[int] = ()
    seen: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.seen.append(f"script: {error}"))
        page.on("console", self._hear)
        page.on("requestfailed", self._miss)
        page.on("response", self._check)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(JUDGED_OTHERWISE):
            self.seen.append(f"console: {message.text}")

    def _miss(self, request: Request) -> None:
        # Leaving a page ends what it was still loading, as it does for everybody. An answer that is no picture is kept
        # from an image: `_check` judges it by its status.
        is_no_picture = request.failure == "net::ERR_BLOCKED_BY_ORB" and self.expected_statuses
        if request.failure != "net::ERR_ABORTED" and not is_no_picture:
            self.seen.append(f"request: {request.method} {request.url}: {request.failure}")

    def _check(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:  # noqa: PLR2004 - HTTP's own border
            self.seen.append(f"response: {response.status} {response.request.method} {response.url}")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(expected_statuses=(409,), **options)`: an empty page of a person of its own, with cookies of its own.

    The options are Playwright's for a new context. After the test each page must have been without `Troubles`.
    """
    contexts: list[BrowserContext] = []
    troubles: list[Troubles] = []

    def open_one(*, expected_statuses: Collection[int] = (), **options: object) -> Page:
        settings = {"locale": "ko-KR", "timezone_id": "Asia/Seoul", "viewport": VIEWPORT} | options
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(TIMEOUT_MILLISECONDS)
        expect.set_options(timeout=TIMEOUT_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        troubles.append(Troubles(expected_statuses))
        troubles[-1].watch(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    seen = [trouble for page in troubles for trouble in page.seen]
    assert not seen, "\n".join(seen)
