"""What is destroyed when its time is over."""

from procrastinate.contrib.django import app

from users.audit.retention import destroy_access_record
from users.destruction.destroying import Destruction


# 03:20 on the first of each month in Seoul.
@app.periodic(cron="20 18 1 * *")
@app.task(queueing_lock="users.access_record", retry=3)
def purge_access_record(timestamp: int) -> None:
    for _batch in destroy_access_record():
        pass


# 03:50 each day in Seoul.
@app.periodic(cron="50 18 * * *")
@app.task(queueing_lock="users.deleted", retry=3)
def purge_deleted(timestamp: int) -> None:
    for _batch in Destruction().run():
        pass
