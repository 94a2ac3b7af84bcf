"""Waiting no longer for answers whose deadline has passed."""

from procrastinate.contrib.django import app

from matching.rounds.expiring import INTRODUCTIONS


# At five past each hour: a deadline is the hour at which the round was published, some days later.
@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="matching.expire_answers", retry=3)
def expire_answers(timestamp: int) -> None:
    """Run hourly; one that was missed is made up for by the next."""
    for _introduction in INTRODUCTIONS.expire():
        pass
