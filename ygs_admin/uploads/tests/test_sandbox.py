"""How many files are opened at once, and what the process that opens them may still do."""

import socket
import subprocess
import sys
import threading
import time
from threading import BoundedSemaphore

import pytest

from ygs_admin.uploads import sandbox
from ygs_admin.uploads.documents import clean_document
from ygs_admin.uploads.errors import BusyError, UploadRefusedError
from ygs_admin.uploads.pages import count_pages
from ygs_admin.uploads.tests import files

CONFINED = """
import socket, sys
from ygs_admin.uploads.decoding.limits import confine
confine()
print(open("/proc/self/status").read())
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5)
    print("reached")
except OSError:
    print("alone")
"""


@pytest.fixture
def one_place(monkeypatch):
    places = BoundedSemaphore(1)
    monkeypatch.setattr(sandbox, "_places", places)
    monkeypatch.setattr(sandbox, "PATIENCE_SECONDS", 0.05)
    return places


def test_who_waits_in_vain_is_told_to_try_again(one_place):
    with one_place, pytest.raises(BusyError) as busy:
        clean_document(files.pdf(), "x.pdf")
    assert busy.value.code == "busy"
    assert clean_document(files.pdf(), "x.pdf").pages == 1


@pytest.mark.parametrize("content", [files.HTML, files.locked_pdf()])
def test_a_place_is_free_again_whatever_became_of_the_file(one_place, content):
    with pytest.raises(UploadRefusedError):
        clean_document(content, "x.pdf")
    assert one_place.acquire(blocking=False)


def test_a_decoder_that_is_not_there_leaves_its_place(one_place, monkeypatch):
    monkeypatch.setattr(sandbox, "COMMAND", ("/nowhere",))
    with pytest.raises(OSError, match="nowhere"):
        count_pages(files.pdf())
    assert one_place.acquire(blocking=False)


def test_no_more_are_opened_at_once_than_there_are_places(monkeypatch):
    monkeypatch.setattr(sandbox, "_places", BoundedSemaphore(2))
    running, most = [], []

    def run(*_asked):
        running.append(1)
        most.append(len(running))
        time.sleep(0.02)
        running.pop()
        return b'{"pages": 1, "lengths": []}\n'

    monkeypatch.setattr(sandbox, "_run", run)
    threads = [threading.Thread(target=count_pages, args=(b"x",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 8
    assert max(most) <= 2


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own")
def test_the_process_gains_no_rights_and_reaches_nobody():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", CONFINED, port], cwd=sandbox.ROOT, capture_output=True, text=True, check=True
        )
    assert "NoNewPrivs:\t1" in done.stdout
    assert ("alone" in done.stdout) is may_leave_the_network()


def may_leave_the_network() -> bool:
    """Tell whether this kernel lets this account enter a network of its own."""
    return subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("content", "pages"), [(files.pdf(3), 3), (files.jpeg(), 1), (files.heic(), 1), (files.pdf_with_script(), 1)]
)
def test_pages_are_counted(content, pages):
    assert count_pages(content) == pages


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.HTML, "wrong_type"),
        (files.locked_pdf(), "locked"),
        (files.png_that_says(50_000, 50_000), "too_many_pixels"),
    ],
)
def test_what_has_no_pages_says_why(content, code):
    with pytest.raises(UploadRefusedError) as refused:
        count_pages(content)
    assert refused.value.code == code
