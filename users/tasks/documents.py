"""Ending the approvals of documents whose last day is over."""

from procrastinate.contrib.django import app

from users.expiring import DOCUMENTS


# Twenty past midnight in Seoul; the queue's clock is UTC.
@app.periodic(cron="20 15 * * *")
@app.task(queueing_lock="users.expire_documents", retry=3)
def expire_documents(timestamp: int) -> None:
    """Run daily; one that was missed is made up for by the next."""
    for _document in DOCUMENTS.expire():
        pass
