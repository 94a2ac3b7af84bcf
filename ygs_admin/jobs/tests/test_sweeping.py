"""What is put in order every now and then."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ygs_admin import storage
from ygs_admin.jobs.models import Job, JobItem, JobStatus
from ygs_admin.jobs.sweeping import delete_old, fail_lost, sweep_files
from ygs_admin.storage import StorageError

pytestmark = pytest.mark.django_db


def fresh(job):
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def with_file(start, run_jobs):
    job = start(lambda run: run.keep_file(b"x", filename="x.txt", content_type="text/plain"))
    run_jobs()
    return fresh(job)


def age(**moments):
    Job.objects.update(**{name: timezone.now() - ago for name, ago in moments.items()})


class TestLostJobs:
    def test_one_that_the_queue_knows_nothing_of_has_failed(self, start):
        job = start()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        assert fail_lost() == 1
        assert fresh(job).status == JobStatus.FAILED
        assert fresh(job).message
        assert fail_lost() == 0

    def test_what_a_lost_one_marked_is_undone(self, kind, manager):
        cut_short = []
        job = Job.start(kind(cut_short=lambda job: cut_short.append(job.pk)).key, by=manager)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
        fail_lost()
        assert cut_short == [job.pk]

    def test_one_that_waits_is_not_lost(self, start):
        start()
        assert fail_lost() == 0


@pytest.mark.django_db(transaction=True)
class TestFiles:
    def test_are_deleted_when_their_time_is_over(self, with_file):
        assert sweep_files() == 0
        age(expires_at=timedelta(seconds=1))
        assert sweep_files() == 1
        assert not storage.exists(with_file.result_key)
        assert fresh(with_file).result_key == ""
        assert fresh(with_file).file_is_over
        assert sweep_files() == 0

    def test_while_s3_is_down_are_deleted_later(self, with_file, monkeypatch):
        def refuse(key):
            raise StorageError(key)

        age(expires_at=timedelta(seconds=1))
        with monkeypatch.context() as patch:
            patch.setattr(storage, "delete", refuse)
            assert sweep_files() == 1
        assert not fresh(with_file).has_file
        from ygs_admin.uploads.keeping import sweep

        assert sweep() == 1
        assert not storage.exists(with_file.result_key)


class TestOldJobs:
    def test_go_with_their_items(self, start, run_jobs):
        start(items=[JobItem(subject_id="1")])
        run_jobs()
        age(finished_at=timedelta(days=29))
        assert delete_old() == 0
        age(finished_at=timedelta(days=31))
        assert delete_old() == 1
        assert not JobItem.objects.exists()

    def test_stay_while_they_have_a_file_or_something_to_do(self, start, with_file):
        start()
        age(created_at=timedelta(days=99), finished_at=timedelta(days=99))
        Job.objects.filter(result_key="").update(finished_at=None)
        assert delete_old() == 0
