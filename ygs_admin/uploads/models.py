"""Objects on S3 that no row speaks of yet, or any more."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class PendingObject(models.Model):
    """A note that an object may be there without a row: committed before the object is put, gone with the row's commit.

    What is still noted after a while belongs to nobody: `keeping.sweep` deletes it. Never read from a replica.
    """

    key = models.TextField(primary_key=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "console_pending_objects"
        indexes: ClassVar = [models.Index(fields=["created_at"], name="console_pending_objects_age")]

    def __str__(self) -> str:
        return self.key
