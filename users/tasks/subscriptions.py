"""Ending the subscriptions whose period is over."""

from procrastinate.contrib.django import app

from users.expiring import SUBSCRIPTIONS


# Ten past midnight in Seoul; the queue's clock is UTC.
@app.periodic(cron="10 15 * * *")
@app.task(queueing_lock="users.expire_subscriptions", retry=3)
def expire_subscriptions(timestamp: int) -> None:
    """Run daily; one that was missed is made up for by the next."""
    for _subscription in SUBSCRIPTIONS.expire():
        pass
