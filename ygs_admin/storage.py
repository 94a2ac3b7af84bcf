"""The boundary to S3. The tables hold keys; a URL is made when a page needs it, and lives a minute."""

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import storages


class StorageError(Exception):
    """S3 could not be reached or refused; the message names the key."""


def presign(key: str) -> str:
    """Return a URL that shows the object for a minute. Signed here: nothing is asked of S3."""
    try:
        return str(storages["presigned"].url(key, expire=settings.S3_URL_SECONDS))  # type: ignore[call-arg]
    except (BotoCoreError, ClientError) as error:
        raise StorageError(key) from error
