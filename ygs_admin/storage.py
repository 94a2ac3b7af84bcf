"""The boundary to S3. The tables hold keys; a URL is made when a page needs it, and lives a minute.

Every call gives up after `CONNECT_SECONDS` and `READ_SECONDS` (settings.py) and one retry, so that a store that hangs
never holds a page for long. An object that is not there is ordinary; everything else that goes wrong is one exception.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import storages
from django.utils.http import content_disposition_header

NOT_FOUND = {"404", "NoSuchKey", "NotFound"}
PRIVATE = "private, no-store"


class StorageError(Exception):
    """S3 could not be reached or refused; the message names the key."""


class ObjectTooLargeError(StorageError):
    """An object is larger than whoever asks is ready to take."""


def put(key: str, content: bytes | BinaryIO, *, content_type: str) -> None:
    """Store an object whole: S3 shows none of it before it has all of it. Of an open file, what is in it from here on.

    Raises:
        StorageError: it may or may not have been stored.
    """
    with _asking(key) as where:
        _client().put_object(**where, Body=content, ContentType=content_type, CacheControl=PRIVATE)


def read(key: str, *, max_bytes: int) -> bytes | None:
    """Return an object's bytes, None where there is none.

    Raises:
        StorageError: S3 failed.
        ObjectTooLargeError: the object is larger than `max_bytes`, and nothing of it is read.
    """
    with _asking(key) as where:
        try:
            found = _client().get_object(**where)
            with found["Body"] as body:
                if found["ContentLength"] > max_bytes:
                    raise ObjectTooLargeError(key)
                return bytes(body.read())
        except ClientError as error:
            if _is_missing(error):
                return None
            raise


def exists(key: str) -> bool:
    with _asking(key) as where:
        try:
            _client().head_object(**where)
        except ClientError as error:
            if _is_missing(error):
                return False
            raise
        return True


def copy(key: str, to: str) -> None:
    """Copy an object inside the bucket.

    Raises:
        StorageError: S3 failed, or there is no such object.
    """
    with _asking(key) as where:
        _client().copy_object(Bucket=where["Bucket"], Key=to, CopySource=where)


def delete(key: str) -> None:
    """Delete an object; one that is not there is deleted already."""
    with _asking(key) as where:
        _client().delete_object(**where)


def presign(key: str, *, content_type: str = "image/jpeg", filename: str = "", as_attachment: bool = False) -> str:
    """Return a URL that shows the object for a minute. Signed here: nothing is asked of S3.

    Content type and disposition are part of what is signed: the object is served as what we say it is, whatever type
    it was stored with.
    """
    disposition = content_disposition_header(as_attachment, filename) or "inline"
    parameters = {"ResponseContentType": content_type, "ResponseContentDisposition": disposition}
    try:
        return str(storages["presigned"].url(key, parameters=parameters, expire=settings.S3_URL_SECONDS))  # type: ignore[call-arg]
    except (BotoCoreError, ClientError) as error:
        raise StorageError(key) from error


@contextmanager
def _asking(key: str) -> Iterator[dict[str, str]]:
    """Yield the arguments that name the object, and turn what S3 and the way to it raise into the one exception."""
    try:
        yield {"Bucket": settings.S3_BUCKET, "Key": key}
    except (BotoCoreError, ClientError) as error:
        raise StorageError(key) from error


def _client() -> Any:
    return storages["default"].connection.meta.client  # type: ignore[attr-defined]


def _is_missing(error: ClientError) -> bool:
    return error.response.get("Error", {}).get("Code") in NOT_FOUND
