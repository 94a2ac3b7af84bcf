"""A worker is killed while it publishes: another goes on, and nobody is introduced twice."""

import pytest
from django.utils import timezone

from matching.models import MatchHistory, MatchWeek
from users.models import IntroductionLedger, UserSubscription
from ygs_admin.jobs.models import Job, JobStatus
from ygs_admin.testing.workers import KILLED, half_a_minute_later, run_worker

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 4
PUBLISHING = """
from matching.models import MatchHistory, MatchWeek
from users.models import UserSubscription
from ygs_admin.jobs.run import Run

introduce, settle, use, finish = MatchHistory.introduce, Run.settle, UserSubscription.use_introduction, Run.finish
introduced = []

def introduce_and_die(pair, **given):
    introduced.append(pair.pk)
    if len(introduced) == 3:
        die("between two pairs")
    changed = introduce(pair, **given)
    if len(introduced) == 3:
        die("after an introduction")
    return changed

def use_and_die(subscription, **given):
    used = use(subscription, **given)
    if len(introduced) == 3:
        die("between the two sides")
    return used

def settle_and_die(run, item, *outcome):
    settle(run, item, *outcome)
    if len(introduced) == 3:
        die("before the commit")

def finish_and_die(run, *given, **named):
    die("before the end")
    finish(run, *given, **named)
    die("before the end is committed")

MatchHistory.introduce, Run.settle, UserSubscription.use_introduction = introduce_and_die, settle_and_die, use_and_die
Run.finish = finish_and_die
"""
BEFORE = {
    "between two pairs": 2,
    "between the two sides": 2,
    "after an introduction": 2,
    "before the commit": 2,
    "before the end": 4,
    "before the end is committed": 4,
}


@pytest.mark.parametrize(("step", "introduced"), BEFORE.items())
def test_another_worker_goes_on_where_the_killed_one_was(week, propose, eligible, matchmaker, step, introduced):
    MatchWeek.objects.update(status="review", generated_at=timezone.now())
    pairs = [propose(eligible(), eligible(), status="confirmed") for _ in range(PAIRS)]
    job = week.publish(by=matchmaker)
    assert run_worker(PUBLISHING, step)[0] == KILLED
    sent = MatchHistory.objects.filter(status="introduced", introduced_at__isnull=False)
    assert sent.count() == job.items.filter(outcome="done").count() == introduced
    assert IntroductionLedger.objects.filter(kind="used").count() == 2 * introduced
    assert MatchWeek.objects.get().status == "review"
    half_a_minute_later()
    code, log = run_worker(PUBLISHING, "nowhere")
    assert code == 0, log
    assert (Job.objects.get(pk=job.pk).status, MatchWeek.objects.get().status) == (JobStatus.DONE, "published"), log
    assert sent.count() == len(pairs)
    assert set(UserSubscription.objects.values_list("introductions_used", flat=True)) == {1}
    assert IntroductionLedger.objects.filter(kind="used").count() == 2 * PAIRS
