"""Background work about objects."""

from procrastinate.contrib.django import app

from .keeping import sweep


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="uploads.sweep", retry=3)
def sweep_pending_objects(timestamp: int) -> None:
    """Delete hourly what uploads that were cut short have left on S3."""
    sweep()
