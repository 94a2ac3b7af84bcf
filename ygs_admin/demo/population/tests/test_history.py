"""What must hold for two years of introductions."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest

from ygs_admin.demo.population.clock import SEOUL
from ygs_admin.demo.population.match_rows import ConsultationRow, FeedbackRow, IntroductionRow, WeekRow
from ygs_admin.demo.population.rows import LifestyleRow, PreferenceRow, ProfileRow, SubscriptionRow, UserRow

from .conftest import Population

# The state machine: where a state can be reached from is where its columns have been stamped.
CLOSED = {"declined", "expired", "canceled", "no_show", "ended", "married"}
AFTER_ACCEPTANCE = {"accepted", "date_fixed", "met", "no_show", "dating", "married"}
AFTER_FIXING = {"date_fixed", "met", "no_show", "dating", "ended", "married"}
AFTER_MEETING = {"met", "dating", "ended", "married"}
BEFORE_PUBLICATION = {"proposed", "confirmed"}


@pytest.fixture(scope="module")
def introductions(population: Population) -> list[IntroductionRow]:
    return population.of(IntroductionRow)


def test_rounds_are_two_years_of_iso_weeks_without_a_gap(population: Population) -> None:
    weeks = population.of(WeekRow)
    assert len(weeks) == 105
    for week in weeks:
        assert week.starts_on.isocalendar() == (week.iso_year, week.iso_week, 1)
        assert week.ends_on == week.starts_on + timedelta(days=6)
    assert all(later.starts_on - earlier.starts_on == timedelta(weeks=1) for earlier, later in pairwise(weeks))


def test_old_rounds_are_closed_the_last_is_open_and_the_present_one_under_review(population: Population) -> None:
    weeks = population.of(WeekRow)
    assert {week.status for week in weeks[:-2]} == {"closed"}
    assert [week.status for week in weeks[-2:]] == ["published", "review"]
    for week in weeks:
        assert (week.closed_at is not None) == (week.status == "closed")
        assert (week.published_at is not None) == (week.status in {"closed", "published"})


def test_a_pair_has_one_spelling_and_never_comes_twice(introductions: list[IntroductionRow]) -> None:
    pairs = [(row.user_a_id, row.user_b_id) for row in introductions]
    assert all(a < b for a, b in pairs)
    assert len(set(pairs)) == len(pairs)


def test_nobody_is_introduced_twice_in_one_round(introductions: list[IntroductionRow]) -> None:
    seen = Counter((row.match_week_id, user) for row in introductions for user in (row.user_a_id, row.user_b_id))
    assert set(seen.values()) == {1}


def test_nobody_has_two_open_introductions_at_once(introductions: list[IntroductionRow]) -> None:
    by_member = defaultdict(list)
    for row in introductions:
        by_member[row.user_a_id].append(row)
        by_member[row.user_b_id].append(row)
    for rows in by_member.values():
        rows.sort(key=lambda row: row.created_at)
        for earlier, later in pairwise(rows):
            assert earlier.closed_at
            assert earlier.closed_at <= later.created_at


def test_pairs_are_of_opposite_gender_and_approved_by_then(
    population: Population, introductions: list[IntroductionRow]
) -> None:
    users = {user.id: user for user in population.of(UserRow)}
    for row in introductions:
        a, b = users[row.user_a_id], users[row.user_b_id]
        assert {a.gender, b.gender} == {"male", "female"}
        assert not {a.status, b.status} & {"pending", "rejected"}
        assert max(a.created_at, b.created_at) < row.created_at


def test_times_are_stamped_in_order_and_only_where_the_state_has_them(introductions: list[IntroductionRow]) -> None:
    for row in introductions:
        stamped = [row.created_at, row.introduced_at, row.date_fixed_at, row.met_at, row.closed_at]
        times = [moment for moment in stamped if moment]
        assert times == sorted(times), row
        assert (row.closed_at is not None) == (row.status in CLOSED), row
        assert (row.introduced_at is None) == (row.status in BEFORE_PUBLICATION), row
        assert (row.met_at is not None) == (row.status in AFTER_MEETING), row
        if row.status != "canceled":
            assert (row.date_fixed_at is not None) == (row.status in AFTER_FIXING), row


def test_answers_fit_the_state(introductions: list[IntroductionRow]) -> None:
    for row in introductions:
        answers = {row.a_response, row.b_response}
        if row.status in AFTER_ACCEPTANCE:
            assert answers == {"accepted"}, row
        assert ("declined" in answers) == (row.status == "declined"), row
        assert ("no_answer" in answers) <= (row.status in {"declined", "expired"}), row
        assert ("pending" in answers) <= (row.status in {"introduced", "canceled", *BEFORE_PUBLICATION}), row
        assert row.status != "expired" or "no_answer" in answers, row


def test_an_answer_has_a_time_after_the_introduction(introductions: list[IntroductionRow]) -> None:
    for row in introductions:
        for response, at in ((row.a_response, row.a_responded_at), (row.b_response, row.b_responded_at)):
            assert (at is not None) == (response in {"accepted", "declined"}), row
            assert at is None or (row.introduced_at is not None and row.introduced_at < at), row


def test_about_a_third_of_the_answers_are_yes(introductions: list[IntroductionRow]) -> None:
    answers = Counter(answer for row in introductions for answer in (row.a_response, row.b_response))
    assert 0.28 < answers["accepted"] / (answers["accepted"] + answers["declined"]) < 0.44


def test_stated_wishes_show_in_the_answers(introductions: list[IntroductionRow]) -> None:
    scores = defaultdict(list)
    for row in introductions:
        scores[row.a_response].append(row.score_a_to_b or 0)
        scores[row.b_response].append(row.score_b_to_a or 0)
    assert _mean(scores["accepted"]) > _mean(scores["declined"]) + 0.01


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def test_the_engines_pairs_fulfil_every_hard_condition(
    population: Population, introductions: list[IntroductionRow]
) -> None:
    """Checked on the rows as they are stored, apart from the code that made the pairs."""
    wishes = {row.user_id: row for row in population.of(PreferenceRow)}
    others = _facts(population)
    broken = Counter()
    for row in introductions:
        fails = _fails(wishes[row.user_a_id], others[row.user_b_id]) or _fails(
            wishes[row.user_b_id], others[row.user_a_id]
        )
        broken[row.source] += fails
    assert broken["engine"] == 0
    assert 0 < broken["manual"] < 0.1 * len(introductions)


def _facts(population: Population) -> dict[str, dict[str, object]]:
    users = {row.id: row._asdict() for row in population.of(UserRow)}
    profiles = {row.user_id: row._asdict() for row in population.of(ProfileRow)}
    lives = {row.user_id: row._asdict() for row in population.of(LifestyleRow)}
    facts = {key: users[key] | profiles[key] | lives[key] for key in profiles}
    for fact in facts.values():
        fact["religion"] = fact["religion"] if fact["religion_consented_at"] else None
    return facts


LISTS = {
    "district": "districts", "religion": "religions", "smoking": "smoking", "drinking": "drinking",
    "marital_history": "marital_histories", "mbti": "mbti",
}  # fmt: skip
RANGES = {"age": ("birth_year_min", "birth_year_max", "birth_year"), "height": ("height_min", "height_max", "height")}
EDUCATION = ["high_school", "associate", "bachelor", "master", "doctorate"]
SALARY = [
    "under_3000", "3000_4000", "4000_5000", "5000_7000", "7000_10000", "10000_15000", "15000_20000", "over_20000",
]  # fmt: skip
SCALES = {"education": ("education_min", "education", EDUCATION), "salary": ("salary_min", "salary_range", SALARY)}


def _fails(wish: PreferenceRow, other: dict[str, object]) -> bool:
    stated = wish._asdict()
    return any(not _holds(group, stated, other) for group in wish.must_have or ())


def _holds(group: str, stated: dict[str, object], other: dict[str, object]) -> bool:
    if group in LISTS:
        return other[group] in stated[LISTS[group]]  # type: ignore[operator]
    if group in RANGES:
        least, most, column = RANGES[group]
        value = other[column]
        return value is not None and (stated[least] or value) <= value <= (stated[most] or value)  # type: ignore[operator]
    least, column, scale = SCALES[group]
    return other[column] is not None and scale.index(other[column]) >= scale.index(stated[least])  # type: ignore[arg-type]


def test_introductions_used_are_those_of_the_present_term(
    population: Population, introductions: list[IntroductionRow]
) -> None:
    for subscription in population.of(SubscriptionRow):
        times = [
            row.introduced_at
            for row in introductions
            if subscription.user_id in {row.user_a_id, row.user_b_id} and row.introduced_at
        ]
        assert subscription.introductions_used == sum(at >= subscription.starts_at for at in times)
        if subscription.introductions_total is not None:
            assert subscription.introductions_used <= subscription.introductions_total
        ended_at = subscription.canceled_at or subscription.paused_at or subscription.expires_at
        assert ended_at is None or all(at < ended_at for at in times)


def test_feedback_comes_from_those_who_met_once_each_and_afterwards(
    population: Population, introductions: list[IntroductionRow]
) -> None:
    met = {row.id: row for row in introductions if row.met_at}
    feedback = population.of(FeedbackRow)
    assert len({(row.match_history_id, row.user_id) for row in feedback}) == len(feedback)
    for row in feedback:
        introduction = met[row.match_history_id]
        assert row.user_id in {introduction.user_a_id, introduction.user_b_id}
        assert introduction.met_at is not None
        assert introduction.met_at < row.created_at
        assert 1 <= row.rating <= 5


def test_a_rounds_summary_counts_its_pairs(population: Population, introductions: list[IntroductionRow]) -> None:
    pairs = Counter(row.match_week_id for row in introductions)
    for week in population.of(WeekRow):
        summary = population.totals[week.id].summary()
        assert isinstance(summary, dict)
        assert summary["pairs"] == pairs[week.id]
        assert pairs[week.id] <= min(summary["eligible"].values())


def test_consultations_of_one_consultant_never_overlap(population: Population) -> None:
    by_consultant = defaultdict(list)
    for row in population.of(ConsultationRow):
        by_consultant[row.consultant_id].append((row.scheduled_at, row.duration_minutes))
    assert len(by_consultant) == 2
    for spans in by_consultant.values():
        spans.sort()
        for (start, minutes), (following, _minutes) in pairwise(spans):
            assert start + timedelta(minutes=minutes) <= following


def test_consultations_keep_office_hours_in_seoul(population: Population) -> None:
    for row in population.of(ConsultationRow):
        starts = row.scheduled_at + SEOUL
        ends = starts + timedelta(minutes=row.duration_minutes)
        assert starts.weekday() < 5
        assert starts.hour >= 10
        assert ends <= starts.replace(hour=19, minute=0)


def test_past_consultations_are_decided_and_coming_ones_scheduled(population: Population) -> None:
    rows = population.of(ConsultationRow)
    assert {row.status for row in rows} == {"completed", "canceled", "no_show", "scheduled"}
    for row in rows:
        assert (row.status == "scheduled") == (row.scheduled_at >= population.world.now)
        assert row.created_at <= row.scheduled_at
