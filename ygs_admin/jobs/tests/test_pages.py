"""The pages about jobs: mine and nobody else's, as they run and when they are over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ygs_admin import storage
from ygs_admin.jobs.models import Job, JobItem, JobStatus, Outcome
from ygs_admin.jobs.signals import file_leaving

pytestmark = pytest.mark.django_db

POLL = {"headers": {"HX-Request": "true", "HX-Target": "job-progress"}}
UNKNOWN = "job_01KB0000000000000000000000"


def url(name, job=None):
    return reverse(f"jobs:{name}", args=[job.pk] if job else [])


def fresh(job):
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def client(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def with_file(start, run_jobs):
    job = start(lambda run: run.keep_file(b"a,b\r\n", filename="members.csv", content_type="text/csv"))
    run_jobs()
    return fresh(job)


class TestList:
    def test_shows_mine_newest_first(self, client, start, kind, reviewer):
        first, second = start(), start()
        other = Job.start(kind().key, by=reviewer)
        page = client.get(url("list")).text
        assert page.index(second.pk) < page.index(first.pk)
        assert other.pk not in page

    def test_says_so_when_there_are_none(self, client, outsider):
        client.force_login(outsider)
        assert "empty" in client.get(url("list")).text

    def test_goes_on_beyond_the_first_page(self, client, start, kind, manager, django_assert_max_num_queries):
        key = kind().key
        Job.objects.bulk_create([Job(kind=key, staff=manager, language="ko") for _ in range(60)])
        with django_assert_max_num_queries(12):
            first = client.get(url("list"))
        assert first.context["page"].count_label == "1–50 / 60"
        second = client.get(first.context["page"].next_url)
        assert second.context["page"].count_label == "51–60 / 60"

    def test_only_shows(self, client):
        assert client.post(url("list")).status_code == 405


class TestPage:
    def test_while_it_runs_it_asks_for_its_progress(self, client, start):
        job = start()
        Job.objects.update(status=JobStatus.RUNNING, total=40, done_count=9, refused_count=1)
        page = client.get(url("job", job)).text
        assert f'hx-get="{url("job", job)}"' in page
        assert 'max="40" value="10"' in page
        part = client.get(url("job", job), **POLL).text
        assert part.lstrip().startswith('<div class="job-progress"')
        led_here = client.get(url("job", job), headers={"HX-Request": "true", "HX-Target": "dialog-body"}).text
        assert "<!doctype html>" in led_here

    def test_at_its_end_the_whole_page_is_the_answer(self, client, start, run_jobs):
        job = start()
        run_jobs()
        page = client.get(url("job", job), **POLL).text
        assert "<!doctype html>" in page
        assert "hx-trigger" not in page

    def test_asking_by_itself_keeps_nobody_signed_in(self, client, start, settings):
        job, session = start(), client.session
        long_ago = int(timezone.now().timestamp()) - 1000
        session["active_at"] = long_ago
        session.save()
        client.get(url("job", job), headers={"HX-Request": "true", "X-Unattended": "1"})
        assert client.session["active_at"] == long_ago
        client.get(url("job", job))
        assert client.session["active_at"] > long_ago

    def test_says_of_each_item_what_became_of_it(self, client, start, run_jobs):
        def refuse(run):
            for batch in run.items():
                for item in batch:
                    run.settle(item, Outcome.REFUSED, "탈퇴한 회원입니다.")

        job = start(refuse, items=[JobItem(subject_id=f"usr_{n}", subject_label="김*수") for n in range(51)])
        run_jobs()
        page = client.get(url("job", job))
        assert page.text.count("탈퇴한 회원입니다.") == 50
        assert page.context["items"].count_label == "1–50 / 51"
        assert client.get(page.context["items"].next_url).text.count("탈퇴한 회원입니다.") == 1

    def test_of_others_is_not_there(self, client, start, superuser, reviewer):
        job = start()
        client.force_login(reviewer)
        for name in ("job", "cancel", "run_again", "download"):
            assert client.get(url(name, job)).status_code == 404, name
        assert client.post(url("cancel", job)).status_code == 404
        client.force_login(superuser)
        assert client.get(url("job", job)).status_code == 200
        assert client.get(url("download", job)).status_code == 404

    @pytest.mark.parametrize("key", [UNKNOWN, "job_x", "usr_01KB0000000000000000000000"])
    def test_that_is_none_is_not_there(self, client, key):
        assert client.get(f"/jobs/{key}/").status_code == 404

    def test_asks_the_same_few_queries_whatever_is_in_it(self, client, start, django_assert_num_queries):
        job = start(items=[JobItem(subject_id=f"usr_{n}") for n in range(200)])
        client.get(url("job", job))
        with django_assert_num_queries(10):
            client.get(url("job", job))


class TestVerbs:
    def test_cancel_asks_first(self, client, start):
        job = start()
        assert client.get(url("cancel", job)).status_code == 200
        assert fresh(job).status == JobStatus.WAITING
        assert client.post(url("cancel", job), follow=True).redirect_chain == [(url("job", job), 302)]
        assert fresh(job).status == JobStatus.CANCELED

    def test_what_is_done_refuses_in_words(self, client, start, run_jobs):
        job = start()
        run_jobs()
        for name in ("cancel", "run_again"):
            page = client.post(url(name, job), follow=True).text
            assert "flash-error" in page

    def test_run_again(self, client, start, run_jobs):
        job = start()
        client.post(url("cancel", job))
        assert url("run_again", job) in client.get(url("job", job)).text
        client.post(url("run_again", job))
        run_jobs()
        assert fresh(job).status == JobStatus.DONE

    def test_take_get_and_post_alone(self, client, start):
        job = start()
        for name in ("cancel", "run_again"):
            assert client.put(url(name, job)).status_code == 405


class TestFile:
    def test_leads_to_s3_after_it_is_on_the_record(self, client, with_file, manager):
        told = []

        def listen(sender, job, by, **_):
            told.append((job.pk, by.pk))

        file_leaving.connect(listen)
        answer = client.get(url("download", with_file))
        file_leaving.disconnect(listen)
        assert answer.status_code == 302
        assert told == [(with_file.pk, manager.pk)]
        assert "response-content-disposition=attachment" in answer.url
        assert "response-content-type=text%2Fcsv" in answer.url
        assert "no-store" in answer["Cache-Control"]

    def test_asks_who_it_is(self, client, with_file, settings):
        settings.CONFIRM_SECONDS = -1
        answer = client.get(url("download", with_file))
        assert answer.url.startswith(reverse("staff:confirm"))

    def test_whose_time_is_over_is_gone(self, client, with_file):
        Job.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert client.get(url("download", with_file)).status_code == 410
        assert url("download", with_file) not in client.get(url("job", with_file)).text

    def test_is_not_for_who_lost_the_permission(self, client, with_file, manager):
        manager.groups.clear()
        assert client.get(url("download", with_file)).status_code == 403

    def test_that_was_never_made_is_not_there(self, client, start):
        assert client.get(url("download", start())).status_code == 404

    def test_is_had_by_a_link_alone(self, client, with_file):
        assert client.post(url("download", with_file)).status_code == 405

    def test_is_on_s3_as_it_was_written(self, with_file):
        assert storage.read(with_file.result_key, max_bytes=100) == b"a,b\r\n"
        assert with_file.status == JobStatus.DONE
