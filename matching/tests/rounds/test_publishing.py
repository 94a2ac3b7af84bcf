"""Publishing a round: who is introduced, who is held back and why, and that it happens once."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from matching.models import ForbiddenPair, MatchFeedback, MatchHistory, MatchWeek
from matching.rounds.publishing import publish_preview
from users.models import Action, IntroductionLedger, UserAccessAudit, UserSubscription
from users.models.status import VerbRefusedError
from ygs_admin.jobs.models import Job, JobStatus, Outcome

pytestmark = pytest.mark.django_db

PAIRS = 3


@pytest.fixture
def pairs(week, propose, eligible):
    """Return the confirmed pairs of a round in review."""
    MatchWeek.objects.update(status="review", generated_at=timezone.now())
    week.refresh_from_db()
    return [propose(eligible(), eligible(), status="confirmed") for _ in range(PAIRS)]


@pytest.fixture
def publish(week, matchmaker, run_jobs):
    """Return a function that publishes the round and returns its job as it ended."""

    def publish():
        job = week.publish(by=matchmaker)
        run_jobs()
        week.refresh_from_db()
        return Job.objects.get(pk=job.pk)

    return publish


def used():
    return IntroductionLedger.objects.filter(kind="used").count()


def statuses(pairs):
    return [MatchHistory.all_objects.get(pk=pair.pk).status for pair in pairs]


def test_confirmed_pairs_are_introduced_and_the_round_is_published(week, pairs, publish, matchmaker, propose, eligible):
    unconfirmed = propose(eligible(), eligible())
    job = publish()
    assert (job.status, job.done_count, job.refused_count) == (JobStatus.DONE, PAIRS, 0)
    assert (week.status, week.published_at is not None) == ("published", True)
    assert statuses([*pairs, unconfirmed]) == ["introduced"] * PAIRS + ["proposed"]
    assert used() == 2 * PAIRS
    matched = UserAccessAudit.objects.filter(action=Action.MATCH, resource_type="match_histories")
    assert sorted(row.user_id for row in matched) == sorted(key for pair in pairs for key in pair.user_ids)
    assert UserAccessAudit.objects.get(action=Action.MATCH, resource_id=week.pk).actor_id == matchmaker.pk


def test_pressed_again_it_is_the_same_job(week, pairs, publish, manager, run_jobs):
    first = week.publish(by=manager)
    assert week.publish(by=manager) == first
    run_jobs()
    assert publish() == first
    assert (Job.objects.count(), used()) == (1, 2 * PAIRS)


def test_published_long_ago_it_is_refused(week, pairs, publish, matchmaker):
    publish()
    Job.objects.all().delete()
    with pytest.raises(VerbRefusedError):
        week.publish(by=matchmaker)
    assert used() == 2 * PAIRS


@pytest.mark.parametrize("status", ["draft", "generating"])
def test_a_round_that_is_not_in_review_is_not_published(week, pairs, matchmaker, status):
    MatchWeek.objects.update(status=status)
    with pytest.raises(VerbRefusedError):
        week.publish(by=matchmaker)


def test_without_a_confirmed_pair_there_is_nothing_to_publish(week, pairs, matchmaker):
    for pair in pairs:
        pair.unconfirm(by=matchmaker)
    with pytest.raises(VerbRefusedError):
        week.publish(by=matchmaker)


def test_a_round_that_is_run_is_not_published_and_one_that_is_published_not_run(week, pairs, matchmaker):
    job = week.run(by=matchmaker)
    with pytest.raises(VerbRefusedError):
        week.publish(by=matchmaker)
    job.cancel(by=matchmaker)
    week.publish(by=matchmaker)
    with pytest.raises(VerbRefusedError):
        week.run(by=matchmaker)
    with pytest.raises(VerbRefusedError):
        pairs[0].drop(by=matchmaker)


def suspend(pair, **_others):
    pair.user_a.suspend(by=None, reason="신고")


def pause(pair, **_others):
    UserSubscription.objects.filter(user=pair.user_a).update(status="paused")


def use_up(pair, **_others):
    UserSubscription.objects.filter(user=pair.user_b).update(introductions_used=10)


def end(pair, **_others):
    UserSubscription.objects.filter(user=pair.user_b).update(expires_at=timezone.now())


def introduce_by_hand_to_each_other(pair, propose, **_others):
    propose(pair.user_a, pair.user_b, match_week=None, status="declined", introduced_at=timezone.now())


def introduce_by_hand_to_another(pair, propose, make_member):
    other = make_member(gender=pair.user_b.gender)
    propose(pair.user_a, other, match_week=None, status="introduced", introduced_at=timezone.now())


def report(pair, propose, make_member):
    other = make_member(gender=pair.user_b.gender)
    met = propose(pair.user_a, other, match_week=None, status="ended", introduced_at=timezone.now())
    MatchFeedback.objects.create(match_history=met, user=other, rating=1, is_incident=True)


def forbid(pair, **_others):
    ForbiddenPair.objects.create(week=pair.match_week, user_a_id=pair.user_a_id, user_b_id=pair.user_b_id)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (suspend, "not_approved"),
        (pause, "paused"),
        (use_up, "none_left"),
        (end, "over"),
        (introduce_by_hand_to_each_other, "met_before"),
        (introduce_by_hand_to_another, "busy"),
        (report, "blocked"),
        (forbid, "forbidden"),
    ],
)
def test_what_has_changed_since_the_run_holds_a_pair_back(week, pairs, publish, propose, make_member, change, code):
    change(pairs[0], propose=propose, make_member=make_member)
    preview = publish_preview(week)
    assert (preview.introduced, [held.pair.pk for held in preview.held_back]) == (PAIRS - 1, [pairs[0].pk])
    assert [hindrance.reason.code for hindrance in preview.held_back[0].hindrances] == [code]
    job = publish()
    assert (job.status, job.done_count, job.refused_count) == (JobStatus.DONE, PAIRS - 1, 1)
    item = job.items.get(outcome=Outcome.REFUSED)
    assert (item.subject_id, bool(item.message)) == (pairs[0].pk, True)
    assert pairs[0].user_a.name not in item.message + item.subject_label
    assert statuses(pairs) == ["confirmed"] + ["introduced"] * (PAIRS - 1)
    assert used() == 2 * (PAIRS - 1)
    assert week.status == "published"


def test_where_nobody_can_be_introduced_the_round_stays_in_review(week, pairs, publish):
    UserSubscription.objects.update(status="paused")
    assert publish().status == JobStatus.FAILED
    assert week.status == "review"
    UserSubscription.objects.update(status="active")
    assert publish().status == JobStatus.DONE
    assert used() == 2 * PAIRS


def test_a_pair_that_was_introduced_or_deleted_meanwhile_is_no_other_pairs_matter(week, pairs, publish, matchmaker):
    week.publish(by=matchmaker)
    pairs[0].introduce(by=matchmaker)
    MatchHistory.objects.filter(pk=pairs[1].pk).delete()
    job = publish()
    assert dict(job.items.values_list("subject_id", "outcome")) == {
        pairs[0].pk: "unchanged", pairs[1].pk: "refused", pairs[2].pk: "done",
    }  # fmt: skip
    assert used() == 4


def test_whoever_loses_the_permission_introduces_nobody(week, pairs, matchmaker, run_jobs):
    job = week.publish(by=matchmaker)
    matchmaker.groups.remove(Group.objects.get(name="matchmaker"))
    run_jobs()
    assert (Job.objects.get(pk=job.pk).status, used()) == (JobStatus.FAILED, 0)


def test_a_preview_counts_what_nobody_has_confirmed(week, pairs, propose, eligible):
    propose(eligible(), eligible())
    preview = publish_preview(week)
    assert (preview.introduced, preview.unconfirmed, preview.held_back) == (PAIRS, 1, [])


def test_a_preview_asks_a_few_statements_however_many_pairs(week, pairs, django_assert_num_queries):
    with django_assert_num_queries(9):
        publish_preview(week)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_publish_once(week, pairs, matchmaker, manager):
    jobs, at_once = [], threading.Barrier(2)

    def press(person):
        at_once.wait()
        jobs.append(MatchWeek.objects.get().publish(by=person).pk)
        connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in (matchmaker, manager)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(jobs) == 2
    assert len(set(jobs)) == Job.objects.count() == 1


def test_a_deadline_counts_from_the_introduction(week, pairs, publish):
    publish()
    pair = MatchHistory.objects.select_related("match_week").get(pk=pairs[0].pk)
    assert pair.answer_due_at == pair.introduced_at + timedelta(days=5)
