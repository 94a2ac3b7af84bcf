import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ygs_admin.demo.object_store import ObjectStore
from ygs_admin.demo.ports import LOCALHOST

KEY = "tests/portrait.webp"


@pytest.fixture
def stored(object_store: ObjectStore) -> Iterator[ObjectStore]:
    """The store with an object under `KEY`."""
    object_store.put(KEY, b"portrait", "image/webp")
    yield object_store
    object_store.client().delete_object(Bucket=object_store.bucket, Key=KEY)


def presigned(store: ObjectStore, seconds: int = 60) -> str:
    return store.client().generate_presigned_url(
        "get_object", Params={"Bucket": store.bucket, "Key": KEY}, ExpiresIn=seconds
    )


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - our own http URL
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_presigned_url_gives_the_object_with_its_type(stored: ObjectStore) -> None:
    with urllib.request.urlopen(presigned(stored), timeout=10) as response:  # noqa: S310 - our own http URL
        assert response.read() == b"portrait"
        assert response.headers["Content-Type"] == "image/webp"


def test_unsigned_request_is_refused(stored: ObjectStore) -> None:
    assert status(presigned(stored).partition("?")[0]) == 403


@pytest.mark.parametrize(
    ("part", "replacement"),
    [
        (r"portrait\.webp", "other.webp"),
        (r"X-Amz-Expires=60", "X-Amz-Expires=6000"),
        (r"X-Amz-Signature=.{8}", "X-Amz-Signature=00000000"),
    ],
)
def test_tampered_url_is_refused(stored: ObjectStore, part: str, replacement: str) -> None:
    tampered, changes = re.subn(part, replacement, presigned(stored))
    assert changes == 1
    assert status(tampered) == 403


def test_expired_url_is_refused(stored: ObjectStore) -> None:
    url = presigned(stored, seconds=1)
    assert status(url) == 200
    time.sleep(2.1)
    assert status(url) == 403


def test_servers_behind_s3_hand_out_nothing_unsigned(stored: ObjectStore) -> None:
    assert status(f"http://{LOCALHOST}:{stored.ports['filer']}/buckets/{stored.bucket}/{KEY}") == 401


def test_second_start_keeps_the_objects_and_replaces_a_port_in_use(folder: Path) -> None:
    first = _started(folder, {})
    first.put(KEY, b"kept", "image/webp")
    first.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((LOCALHOST, first.ports["s3"]))
        other.listen()
        second = _started(folder, first.ports)
    try:
        assert {name for name, port in second.ports.items() if first.ports[name] != port} == {"s3"}
        assert second.client().get_object(Bucket=second.bucket, Key=KEY)["Body"].read() == b"kept"
    finally:
        second.stop()


def _started(folder: Path, ports: dict[str, int]) -> ObjectStore:
    store = ObjectStore(folder / "s3", folder, "ACCESS", "secret", ports=ports)
    try:
        store.start()
    except BaseException:
        store.stop()
        raise
    return store
