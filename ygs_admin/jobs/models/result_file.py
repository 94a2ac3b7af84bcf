"""The file that a job leaves behind: on S3 for a while, for nobody but who started the job."""

from datetime import timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from ygs_admin.storage import presign
from ygs_admin.uploads.keeping import StoredObject, forget, storing

BATCH = 100


class ResultFile(models.Model):
    """`result_key` is empty before there is a file and once it is gone; `expires_at` then still says that there was."""

    result_key = models.TextField(default="", editable=False)
    result_filename = models.TextField(default="", editable=False)
    result_content_type = models.TextField(default="", editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def has_file(self) -> bool:
        return bool(self.result_key) and not self.file_is_over

    @property
    def file_is_over(self) -> bool:
        """Tell whether there was a file whose time is over, swept or not yet."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    def file_url(self) -> str:
        """Return an address of the file that lives a minute. Signed here: nothing is asked of S3.

        Raises:
            StorageError: none could be made.
        """
        return presign(
            self.result_key,
            content_type=self.result_content_type,
            filename=self.result_filename,
            as_attachment=True,
        )


def keep_file(job: Any, content: bytes | BinaryIO, *, filename: str, content_type: str) -> Any:
    """Put a job's file on S3 and write the columns that speak of it, both or neither.

    A context manager: the block runs in the transaction that keeps them.

    Raises:
        StorageError: S3 failed, and nothing is kept.
    """
    key = f"jobs/{job.pk}/{job.attempt}"
    job.result_key, job.result_filename, job.result_content_type = key, filename, content_type
    job.expires_at = timezone.now() + timedelta(hours=settings.JOB_FILE_HOURS)
    return storing({key: StoredObject(content, content_type)})


def expire_files(rows: models.QuerySet[Any]) -> int:
    """Delete the files whose time is over, and say so on their jobs; return how many. Safe to run beside itself."""
    expired = 0
    while swept := _expire_some(rows):
        expired += swept
    return expired


@transaction.atomic
def _expire_some(rows: models.QuerySet[Any]) -> int:
    over = rows.select_for_update(skip_locked=True).exclude(result_key="").filter(expires_at__lte=timezone.now())
    found = dict(over.order_by("expires_at").values_list("pk", "result_key")[:BATCH])
    if found:
        forget(list(found.values()))
        rows.filter(pk__in=found).update(result_key="")
    return len(found)
