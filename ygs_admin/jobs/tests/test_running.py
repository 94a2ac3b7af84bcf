"""A job from its start to its end: what it says of itself, and what becomes of it when it does not succeed."""

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError, connections, transaction
from django.utils import translation
from django.utils.translation import gettext
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import JobAborted

from ygs_admin.jobs.errors import JobFailedError, JobRefusedError
from ygs_admin.jobs.models import Job, JobItem, JobStatus, Outcome
from ygs_admin.jobs.models.job import ATTEMPTS
from ygs_admin.jobs.working import work
from ygs_admin.storage import StorageError
from ygs_admin.web.origin import Origin, current_origin, originating

pytestmark = pytest.mark.django_db


def fresh(job):
    return Job.objects.get(pk=job.pk)


def things(count):
    return [JobItem(subject_id=f"thing_{number}", subject_label=f"Thing {number}") for number in range(count)]


def test_a_job_waits_until_a_worker_takes_it(start, run_jobs):
    job = start()
    assert fresh(job).status == JobStatus.WAITING
    assert run_jobs() == 1
    done = fresh(job)
    assert (done.status, done.attempt, done.message) == (JobStatus.DONE, 1, "")
    assert done.created_at <= done.started_at <= done.finished_at
    assert run_jobs() == 0


def test_the_row_and_the_task_come_together(start):
    with transaction.atomic():
        job = start()
        assert ProcrastinateJob.objects.filter(lock=job.pk).count() == 1


def test_a_rollback_takes_both(start):
    with transaction.atomic():
        job = start(items=things(3))
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not JobItem.objects.exists()
    assert not ProcrastinateJob.objects.filter(lock=job.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_sees_the_task_before_the_row_is_committed(start):
    with transaction.atomic():
        start()
        other = connections["default"].copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM procrastinate_jobs")
                assert cursor.fetchone() == (0,)
        finally:
            other.close()


def test_progress_is_written_at_once_and_then_now_and_again(start, run_jobs, django_assert_max_num_queries):
    seen = []

    def count(run):
        run.total(10_000)
        with django_assert_max_num_queries(20):
            for _ in range(10_000):
                run.advance(done=1)
        run.flush()
        seen.append(fresh(run.job).done_count)

    job = start(count)
    run_jobs()
    assert seen == [10_000]
    assert (fresh(job).done_count, fresh(job).total) == (10_000, 10_000)


def test_a_job_speaks_the_language_of_who_started_it(start, run_jobs):
    def refuse(run):
        raise JobFailedError(gettext("Members"))

    with translation.override("ko"):
        job = start(refuse)
    with translation.override("en"):
        run_jobs()
    assert fresh(job).message == "회원"


def test_what_a_job_records_comes_from_where_it_was_started(start, run_jobs):
    seen = []
    origin = Origin("192.0.2.7", "Firefox", "01KB0000000000000000000000")
    with originating(origin):
        start(lambda _run: seen.append(current_origin()))
    run_jobs()
    assert seen == [origin]


def test_a_job_that_cannot_succeed_says_why_and_is_not_run_again(start, run_jobs):
    def refuse(run):
        raise JobFailedError("There is nobody to export.")

    job = start(refuse)
    assert run_jobs() == 1
    assert (fresh(job).status, fresh(job).message) == (JobStatus.FAILED, "There is nobody to export.")


@pytest.mark.parametrize("error", [StorageError("photos/x.jpg"), OperationalError("boom"), ZeroDivisionError("boom")])
def test_an_error_is_tried_again_and_then_said_in_a_sentence(start, run_jobs, error):
    def fail(run):
        raise error

    job = start(fail)
    assert run_jobs() == ATTEMPTS
    failed = fresh(job)
    assert (failed.status, failed.attempt) == (JobStatus.FAILED, ATTEMPTS)
    assert failed.message.endswith(".")
    assert "boom" not in failed.message
    assert "photos" not in failed.message


def test_an_error_that_is_over_costs_nothing_but_time(start, run_jobs):
    runs = []

    def fail_once(run):
        runs.append(run.job.attempt)
        if len(runs) == 1:
            raise StorageError("key")

    job = start(fail_once)
    assert run_jobs() == 2
    assert (fresh(job).status, runs, fresh(job).message) == (JobStatus.DONE, [1, 2], "")


def test_a_job_that_failed_is_run_again_when_somebody_says_so(start, run_jobs):
    is_broken = [True]

    def fail(run):
        if is_broken:
            raise JobFailedError("Broken.")

    job = start(fail)
    run_jobs()
    is_broken.clear()
    assert fresh(job).run_again(by=job.staff) is True
    assert fresh(job).run_again(by=job.staff) is False, "it waits already"
    run_jobs()
    assert fresh(job).status == JobStatus.DONE


def test_a_kind_that_this_version_does_not_know_is_said_so(manager, run_jobs):
    job = Job.start("of-tomorrow", by=manager)
    run_jobs()
    assert fresh(job).status == JobStatus.FAILED


@pytest.mark.parametrize("loss", ["permission", "account"])
def test_who_lost_the_permission_meanwhile_gets_nothing(start, run_jobs, manager, loss):
    ran = []
    job = start(lambda _run: ran.append(1))
    if loss == "permission":
        manager.groups.clear()
    else:
        type(manager).objects.filter(pk=manager.pk).update(is_active=False)
    run_jobs()
    assert (fresh(job).status, ran) == (JobStatus.FAILED, [])


def test_a_job_that_is_brought_twice_is_done_once(start, run_jobs):
    ran = []
    job = start(lambda _run: ran.append(1))
    run_jobs()
    work(job.pk)
    work("job_01KB0000000000000000000000")
    assert ran == [1]


class TestCanceling:
    def test_while_it_waits_at_once(self, start, run_jobs):
        ran = []
        job = start(lambda _run: ran.append(1))
        assert fresh(job).cancel(by=job.staff) is True
        assert fresh(job).status == JobStatus.CANCELED
        assert fresh(job).cancel(by=job.staff) is False
        run_jobs()
        assert (ran, fresh(job).status) == ([], JobStatus.CANCELED)

    def test_while_it_runs_between_batches(self, start, run_jobs):
        def count(run):
            for batch in run.items(size=2):
                for item in batch:
                    run.settle(item, Outcome.DONE)
                if batch[0].position == 1:
                    fresh(run.job).cancel(by=job.staff)
                    run.flush()

        job = start(count, items=things(6))
        run_jobs()
        assert (fresh(job).status, fresh(job).done_count) == (JobStatus.CANCELED, 2)
        assert fresh(job).run_again(by=job.staff)
        run_jobs()
        assert (fresh(job).status, fresh(job).done_count, fresh(job).total) == (JobStatus.DONE, 6, 6)

    def test_what_is_done_is_not_canceled(self, start, run_jobs):
        job = start()
        run_jobs()
        for verb in (fresh(job).cancel, fresh(job).run_again):
            with pytest.raises(JobRefusedError):
                verb(by=job.staff)
        assert fresh(job).status == JobStatus.DONE


class TestItems:
    def test_each_says_what_became_of_it(self, start, run_jobs):
        outcomes = [Outcome.DONE, Outcome.UNCHANGED, Outcome.REFUSED, Outcome.CONFLICT, Outcome.FAILED]

        def settle(run):
            for batch in run.items():
                for item, outcome in zip(batch, outcomes, strict=True):
                    run.settle(item, outcome, f"It is {outcome}.")

        job = start(settle, items=things(5))
        run_jobs()
        assert (fresh(job).done_count, fresh(job).refused_count, fresh(job).total) == (2, 3, 5)
        assert list(job.items.order_by("position").values_list("outcome", flat=True)) == outcomes

    def test_a_run_that_was_cut_short_goes_on_where_it_was(self, start, run_jobs):
        worked_on = []

        def fail_in_the_third(run):
            for [item] in run.items(size=1):
                with run.holding():
                    worked_on.append(item.position)
                    run.settle(item, Outcome.DONE)
                    if worked_on == [1, 2, 3]:
                        raise OperationalError

        job = start(fail_in_the_third, items=things(4))
        run_jobs()
        assert worked_on == [1, 2, 3, 3, 4]
        assert (fresh(job).status, fresh(job).done_count) == (JobStatus.DONE, 4)


class TestTwoWorkers:
    def test_one_that_was_taken_for_dead_writes_nothing_more(self, start, run_jobs):
        """The queue gave the job to another while this one was suspended; then both go on."""
        made = []

        def work_twice(run):
            made.append(run.job.attempt)
            if run.job.attempt == 1:
                work(run.job.pk)
                with run.holding():
                    Group.objects.create(name="of the first")
            else:
                Group.objects.create(name="of the second")

        job = start(work_twice)
        run_jobs()
        assert made == [1, 2]
        assert list(Group.objects.filter(name__startswith="of the").values_list("name", flat=True)) == ["of the second"]
        assert fresh(job).status == JobStatus.DONE

    def test_a_worker_that_is_stopped_hands_the_job_on(self, start):
        job = start(lambda run: run.flush())
        with pytest.raises(JobAborted):
            work(job.pk, should_stop=lambda: True)
        assert (fresh(job).status, fresh(job).attempts_left) == (JobStatus.WAITING, ATTEMPTS)
        work(job.pk)
        assert fresh(job).status == JobStatus.DONE

    def test_a_job_that_kills_its_workers_is_given_up(self, start):
        job = start()
        Job.objects.update(status=JobStatus.RUNNING, attempt=ATTEMPTS, attempts_left=0)
        work(job.pk)
        assert fresh(job).status == JobStatus.FAILED


def test_the_name_of_a_phase_is_shown_while_it_lasts(start, run_jobs):
    seen = []

    def in_phases(run):
        for label, total in (("Loading", None), ("Writing", 3)):
            run.phase(label, total)
            shown = fresh(run.job)
            seen.append((shown.message, shown.total, shown.done_count))
            run.advance(done=2)

    job = start(in_phases)
    run_jobs()
    assert seen == [("Loading", None, 0), ("Writing", 3, 0)]
    assert (fresh(job).message, fresh(job).done_count) == ("", 2)


class TestWhatAJobMarkedWhenItBegan:
    @pytest.fixture
    def cut_short(self):
        return []

    @pytest.fixture
    def started(self, kind, manager, cut_short):
        def start(run=lambda _run: None):
            return Job.start(kind(run, cut_short=lambda job: cut_short.append(job.pk)).key, by=manager)

        return start

    def test_is_left_to_a_job_that_ends_well(self, started, run_jobs, cut_short):
        started()
        run_jobs()
        assert cut_short == []

    def test_is_undone_when_it_fails(self, started, run_jobs, cut_short):
        def fail(_run):
            raise JobFailedError("impossible")

        job = started(fail)
        run_jobs()
        assert cut_short == [job.pk]

    def test_is_undone_once_when_it_has_failed_every_time(self, started, run_jobs, cut_short):
        def fail(_run):
            raise ZeroDivisionError

        job = started(fail)
        assert run_jobs() == ATTEMPTS
        assert cut_short == [job.pk]

    def test_is_undone_when_it_is_canceled_before_it_ran(self, started, cut_short, manager):
        job = started()
        job.cancel(by=manager)
        assert cut_short == [job.pk]

    def test_is_undone_when_it_is_canceled_while_it_ran(self, started, run_jobs, cut_short, manager):
        job = started(lambda run: Job.objects.get(pk=run.job.pk).cancel(by=manager) and run.flush())
        run_jobs()
        assert fresh(job).status == JobStatus.CANCELED
        assert cut_short == [job.pk]
