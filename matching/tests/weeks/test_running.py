"""Running, publishing and closing a round: the pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.models import MatchHistory, MatchWeek, WeekStatus
from matching.rounds import running
from matching.weeks.progress import latest_job
from users.models import Action, UserAccessAudit
from ygs_admin.jobs.models import Job, JobStatus
from ygs_admin.testing.queue import work_off

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def url_of(name, week):
    return reverse(f"matching:week_{name}", args=[week.pk])


def page_of(week):
    return reverse("matching:week", args=[week.pk])


def test_a_run_is_asked_about_started_once_and_shown(client, matchmaker, week):
    client.force_login(matchmaker)
    assert f'action="{url_of("run", week)}"' in client.get(url_of("run", week)).text
    for _each in range(2):
        assert client.post(url_of("run", week)).url == page_of(week)
    assert Job.objects.count() == 1
    page = client.get(page_of(week))
    assert 'id="week-progress"' in page.text
    assert url_of("cancel", week) in page.text
    assert url_of("run", week) not in page.text


def test_the_progress_says_which_phase_it_is(client, matchmaker, week):
    client.force_login(matchmaker)
    client.post(url_of("run", week))
    Job.objects.update(status=JobStatus.RUNNING, message=str(running.PHASES["candidates"]), total=200, done_count=50)
    answer = client.get(url_of("progress", week), headers={"HX-Request": "true", "HX-Target": "week-progress"})
    states = [phase.state for phase in answer.context["run"].phases]
    assert states == ["done", "current", "ahead", "ahead", "ahead"]
    assert 'max="200" value="50"' in answer.text
    assert "<html" not in answer.text


def test_a_finished_run_leads_to_the_page_that_asked(client, matchmaker, in_review):
    client.force_login(matchmaker)
    here = f"http://testserver{page_of(in_review)}?sort=score"
    answer = client.get(url_of("progress", in_review), headers={"HX-Request": "true", "HX-Current-URL": here})
    assert answer.url == f"{page_of(in_review)}?sort=score"
    assert client.get(url_of("progress", in_review)).url == page_of(in_review)


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_a_run_that_finishes_while_its_page_is_read_is_shown_finished(client, matchmaker, week, couple, monkeypatch):
    client.force_login(matchmaker)
    client.post(url_of("run", week))

    def latest_job_once_it_is_done(of_week):
        work_off()
        return latest_job(of_week)

    monkeypatch.setattr("matching.views.weeks.frame.latest_job", latest_job_once_it_is_done)
    page = client.get(page_of(week))
    assert page.context["frame"]["week"].status == WeekStatus.REVIEW
    assert len(page.context["page"].rows) == 1
    assert url_of("publish", week) in page.text


def test_a_run_is_canceled(client, matchmaker, week):
    client.force_login(matchmaker)
    client.post(url_of("run", week))
    client.post(url_of("cancel", week))
    assert Job.objects.get().status == JobStatus.CANCELED
    assert 'id="week-progress"' not in client.get(page_of(week)).text


def test_a_run_that_failed_says_why(client, matchmaker, week):
    client.force_login(matchmaker)
    client.post(url_of("run", week))
    Job.objects.update(
        status=JobStatus.FAILED, message="데이터베이스가 응답하지 않았습니다.", finished_at=timezone.now()
    )
    assert "데이터베이스가 응답하지 않았습니다." in client.get(page_of(week)).text


@pytest.fixture
def introducible(pairs, eligible, propose):
    """Return the three pairs, confirmed, of which the last has a member who was suspended meanwhile."""
    MatchHistory.objects.update(status="confirmed")
    pairs[2].user_a.status = "suspended"
    pairs[2].user_a.save()
    return pairs


def test_the_preview_says_who_is_introduced_and_who_is_held_back(client, matchmaker, in_review, introducible):
    client.force_login(matchmaker)
    page = client.get(url_of("publish", in_review))
    assert page.context["preview"].introduced == 2
    (held,) = page.context["held_back"]
    assert held["pair"] == f"{introducible[2].user_a.name} – {introducible[2].user_b.name}"
    assert held["why"][0][0] == introducible[2].user_a.name
    row = UserAccessAudit.objects.get(action=Action.SEARCH)
    assert set(row.detail["user_ids"]) == set(introducible[2].user_ids)


def test_a_round_is_published_once(client, matchmaker, in_review, introducible, run_jobs):
    client.force_login(matchmaker)
    for _each in range(2):
        client.post(url_of("publish", in_review))
    assert 'id="week-progress"' in client.get(page_of(in_review)).text
    run_jobs()
    assert Job.objects.count() == 1
    assert MatchWeek.objects.get().status == WeekStatus.PUBLISHED
    assert MatchHistory.objects.filter(status="introduced").count() == 2


def test_while_it_is_published_its_pairs_stay_as_they_are(client, matchmaker, in_review, introducible):
    client.force_login(matchmaker)
    verb = reverse("matching:week_pair_drop", args=[in_review.pk, introducible[0].pk])
    fragment = {"HX-Request": "true", "HX-Target": "results"}
    pages = [client.get(page_of(in_review), headers=headers) for headers in ({}, fragment)]
    client.post(url_of("publish", in_review))
    working = [client.get(page_of(in_review), headers=headers) for headers in ({}, fragment)]
    assert [verb in page.text for page in (*pages, *working)] == [True, True, False, False]


def test_nothing_confirmed_is_nothing_to_publish(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    assert '<form class="confirm"' not in client.get(url_of("publish", in_review)).text
    refused = client.post(url_of("publish", in_review), follow=True)
    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert not Job.objects.exists()


def test_a_round_is_closed_and_opened_again(client, matchmaker, in_review):
    MatchWeek.objects.update(status=WeekStatus.PUBLISHED, published_at=timezone.now())
    client.force_login(matchmaker)
    closed = client.post(url_of("close", in_review), follow=True)
    assert MatchWeek.objects.get().status == WeekStatus.CLOSED
    undo = next(iter(closed.context["messages"])).extra_tags.split()[0].removeprefix("undo=")
    assert undo == url_of("reopen", in_review)
    client.post(undo)
    assert MatchWeek.objects.get().status == WeekStatus.PUBLISHED


def test_a_round_that_still_waits_for_answers_is_not_closed(client, matchmaker, in_review, pairs):
    MatchWeek.objects.update(status=WeekStatus.PUBLISHED, published_at=timezone.now())
    MatchHistory.objects.update(status="introduced", introduced_at=timezone.now())
    client.force_login(matchmaker)
    refused = client.post(url_of("close", in_review), follow=True)
    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert MatchWeek.objects.get().status == WeekStatus.PUBLISHED


@pytest.mark.parametrize("name", ["run", "run_again", "cancel", "confirm_all", "publish", "close", "reopen"])
def test_rounds_are_changed_by_whoever_may(client, consultant, in_review, name):
    client.force_login(consultant)
    assert client.get(url_of(name, in_review)).status_code == client.post(url_of(name, in_review)).status_code == 403
    assert client.get(page_of(in_review)).status_code == 200


@pytest.mark.parametrize("name", ["run", "publish", "close"])
def test_a_round_that_is_not_there_or_another_way(client, matchmaker, in_review, name):
    client.force_login(matchmaker)
    assert client.delete(url_of(name, in_review)).status_code == 405
    in_review.delete()
    assert client.post(url_of(name, in_review)).status_code == 404
