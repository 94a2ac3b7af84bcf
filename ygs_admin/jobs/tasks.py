"""The queue's side of background jobs."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted
from procrastinate.job_context import JobContext
from procrastinate.retry import RetryStrategy

from .errors import RunAgainLaterError
from .models.job import TASK
from .scratch import remove_abandoned
from .sweeping import delete_old, fail_lost, sweep_files
from .working import work

# After 3, 9 and 27 seconds; how often, the job says itself.
AGAIN = RetryStrategy(exponential_wait=3, retry_exceptions=(RunAgainLaterError, JobAborted))


@app.task(name=TASK, pass_context=True, retry=AGAIN)
def run_job(context: JobContext, job_id: str) -> None:
    work(job_id, should_stop=context.should_abort)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give the tasks of workers that have not been heard of for half a minute to others, whatever tasks they are."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs():
        await manager.retry_job(stalled)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="jobs.sweep", retry=3)
def sweep_jobs(timestamp: int) -> None:
    remove_abandoned()
    fail_lost()
    sweep_files()


@app.periodic(cron="40 18 * * *")
@app.task(queueing_lock="jobs.delete_old", retry=3)
def delete_old_jobs(timestamp: int) -> None:
    delete_old()
