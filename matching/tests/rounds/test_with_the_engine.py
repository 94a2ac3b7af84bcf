"""A round from members to pairs through the real engine."""

import pytest

from matching.engine.results import OUTBID, PairExplanation
from matching.models import LeftOut, MatchFeedback, MatchHistory
from matching.rounds.by_hand import add_by_hand
from matching.tests.introducing import days_ago
from users.models import UserPreference
from ygs_admin.jobs.models import Job, JobStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(eligible):
    """Return three couples of whom each wishes for the other by the birth year, and a man who insists in vain."""
    couples = []
    for year in (1985, 1990, 1995):
        wish = {"birth_year_min": year, "birth_year_max": year, "must_have": ["age"]}
        couples.append([eligible(gender=gender, birth_year=year, preference=wish) for gender in ("male", "female")])
    return [*couples, eligible(gender="male", preference={"height_min": 210, "must_have": ["height"]})]


@pytest.fixture
def run(week, matchmaker, run_jobs):
    def run():
        job = week.run(by=matchmaker)
        run_jobs()
        week.refresh_from_db()
        done = Job.objects.get(pk=job.pk)
        assert done.status == JobStatus.DONE, done.message

    return run


def pairs_of(week):
    return {frozenset(pair.user_ids) for pair in MatchHistory.objects.of_week(week)}


def together(*members):
    return frozenset(member.pk for member in members)


def test_members_who_wish_for_each_other_are_proposed_and_the_others_are_told_why_not(week, members, run):
    *couples, in_vain = members
    run()
    assert pairs_of(week) == {together(*couple) for couple in couples}
    for pair in MatchHistory.objects.of_week(week):
        explanation = PairExplanation.from_json(pair.explanation)
        assert (explanation.score, explanation.a_to_b.score) == (pair.score, pair.score_a_to_b)
    left = LeftOut.objects.get()
    assert (left.user_id, left.reason != OUTBID, left.remaining[-1][1]) == (in_vain.pk, True, 0)
    assert (week.summary["pairs"], week.summary["eligible"]) == (3, {"male": 4, "female": 3})
    assert set(week.summary["phases"]) == {"loading", "candidates", "assignment", "explaining", "writing"}


def test_the_same_input_gives_the_same_rows(week, members, run):
    run()
    before = list(MatchHistory.all_objects.order_by("pk").values_list("pk", "user_a_id", "user_b_id", "score"))
    run()
    assert list(MatchHistory.all_objects.order_by("pk").values_list("pk", "user_a_id", "user_b_id", "score")) == before


def test_a_pair_against_the_wishes_of_its_sides_is_staffs_to_keep(week, members, run):
    (man, _woman), (_other_man, other_woman), couple, _in_vain = members
    kept = add_by_hand(week, man, other_woman, by=None)
    kept.confirm(by=None)
    run()
    assert pairs_of(week) == {together(man, other_woman), together(*couple)}
    kept.refresh_from_db()
    assert (kept.status, kept.source, kept.score) == ("confirmed", "manual", 0)


def test_a_pinned_pair_below_the_floor_stays(week, members, run):
    man, woman = members[0]
    pair = add_by_hand(week, man, woman, by=None)
    week.change_settings(by=None, settings={"minimum_score": 1})
    run()
    assert pairs_of(week) >= {frozenset(pair.user_ids)}


def test_a_forbidden_pair_and_one_that_has_met_are_not_proposed(week, members, run, propose):
    propose(*members[1], match_week=None, status="declined")
    run()
    MatchHistory.objects.of_week(week).touching([members[0][0].pk]).get().forbid(by=None)
    run()
    assert pairs_of(week) == {together(*members[2])}


def test_whoever_wishes_for_nothing_may_have_anybody(week, members, run):
    UserPreference.objects.update(must_have=None, birth_year_min=None, birth_year_max=None, height_min=None)
    run()
    assert len(pairs_of(week)) == 3


@pytest.mark.parametrize(("rating", "moves"), [(1, "down"), (5, "up")])
def test_feedback_moves_the_partners_next_scores(week, members, run, propose, make_member, rating, moves):
    man, woman = members[0]
    UserPreference.objects.filter(user=man).update(height_min=210)
    stranger = make_member(gender="male")
    met = propose(stranger, woman, match_week=None, status="met", introduced_at=days_ago(30), met_at=days_ago(9))
    run()
    before = score_of(week, woman)
    MatchFeedback.give(met, by=None, user_id=stranger.pk, rating=rating)
    run()
    after = score_of(week, woman)
    assert (after > before) is (moves == "up")
    assert after != before


def score_of(week, member):
    return MatchHistory.objects.of_week(week).touching([member.pk]).get().score
