"""Delivering what the access record had to keep in files (`models/access_spool.py`)."""

import logging
import time
from typing import Any

from django.db import Error
from django.dispatch import receiver

from users.models.access_spool import deliver, waiting
from ygs_admin.db.replication.signals import request_routed
from ygs_admin.db.routing import Reads

logger = logging.getLogger(__name__)
LOOK_EVERY = 10.0

_looked_at = 0.0


@receiver(request_routed, dispatch_uid="users.audit.spooled")
def _deliver_when_back(reads: Reads, **_: Any) -> None:
    """Look for files every ten seconds, as requests go by that the primary could answer."""
    global _looked_at  # noqa: PLW0603 - one process looks once for all of its threads
    if reads.is_read_only or time.monotonic() - _looked_at < LOOK_EVERY:
        return
    _looked_at = time.monotonic()
    if waiting():
        try:
            logger.info("%s rows of the access record are delivered late.", deliver())
        except Error:
            logger.warning("The access record's files can't be delivered yet.")
