"""Which partners a member is offered, in which order."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from matching.candidates import ranking
from matching.candidates.judging import current_round
from matching.candidates.ranking import candidates_of
from matching.engine.obstacles import why_not
from matching.models import ForbiddenPair, MatchHistory, MatchWeek
from matching.models.forbidden_pair import ordered
from matching.rounds.loading import load_members
from users.models import User, UserPreference, UserSubscription

pytestmark = pytest.mark.django_db


def ids(member, narrowed=None):
    return [each.record.id for each in candidates_of(member.pk, current_round(), narrowed or Q())]


def introduced(first, second, **columns):
    a, b = ordered(first.pk, second.pk)
    told = {"status": "declined", "introduced_at": timezone.now() - timedelta(days=30), "source": "engine"}
    return MatchHistory.objects.create(user_a_id=a, user_b_id=b, **told | columns)


def opened():
    year, number, _day = timezone.localdate().isocalendar()
    return MatchWeek.open(by=None, iso_year=year, iso_week=number)


def test_the_better_fit_comes_first(member, eligible):
    plain = eligible(education="high_school")
    learned = eligible(education="master")
    assert ids(member) == [learned.pk, plain.pk]


def test_must_haves_leave_out_on_both_sides(member, eligible):
    eligible(birth_year=1980)
    eligible(preference={"height_min": 185, "must_have": ["height"]})
    eligible(preference={"districts": ["부산 해운대구"], "must_have": ["district"]})
    fits = eligible(preference={"height_min": 175, "districts": ["서울"], "must_have": ["height", "district"]})
    assert ids(member) == [fits.pk]


def test_a_wish_that_is_no_must_have_leaves_nobody_out(member, eligible):
    soft = eligible(preference={"height_min": 179})
    assert ids(member) == [soft.pk]


def test_what_is_not_stated_meets_no_must_have(member, eligible):
    UserPreference.objects.filter(pk=member.pk).update(must_have=["age", "education"])
    eligible(education=None)
    learned = eligible(education="bachelor")
    assert ids(member) == [learned.pk]


def test_religion_counts_only_with_consent(member, eligible):
    UserPreference.objects.filter(pk=member.pk).update(religions=["catholic"], must_have=["religion"])
    eligible(lifestyle={"religion": "catholic"})
    consenting = eligible(lifestyle={"religion": "catholic", "religion_consented_at": timezone.now()})
    assert ids(member) == [consenting.pk]


def test_only_those_who_may_be_introduced_now(member, eligible, make_member):
    make_member(gender="female", birth_year=1992)
    eligible(gender="male", birth_year=1992)
    for status in ("pending", "suspended"):
        User.objects.filter(pk=eligible().pk).update(status=status)
    UserSubscription.objects.filter(user=eligible()).update(expires_at=timezone.now() - timedelta(days=1))
    eligible().soft_delete(by=None)
    introduced(eligible(), eligible(gender="male"), status="introduced")
    free = eligible()
    assert ids(member) == [free.pk]


def test_nobody_who_was_introduced_to_the_member_before_or_is_forbidden(member, eligible):
    introduced(member, eligible())
    introduced(member, eligible()).delete()
    week, forbidden = opened(), eligible()
    a, b = ordered(member.pk, forbidden.pk)
    ForbiddenPair.objects.create(week=week, user_a_id=a, user_b_id=b)
    assert ids(member) == []


def test_a_history_of_refusals_counts(member, eligible):
    reluctant, new = eligible(), eligible()
    for _ in range(6):
        man = eligible(gender="male")
        side = "a" if reluctant.pk < man.pk else "b"
        introduced(reluctant, man, **{f"{side}_response": "declined"})
    assert ids(member) == [new.pk, reluctant.pk]


def test_a_further_condition_narrows(member, eligible):
    eligible(district="부산 해운대구")
    near = eligible(district="서울 강남구")
    assert ids(member, Q(profile__district__startswith="서울")) == [near.pk]


def test_of_many_those_who_miss_the_fewest_wishes_are_ranked(member, eligible, monkeypatch):
    monkeypatch.setattr(ranking, "SHORTLIST", 1)
    eligible(education="high_school", preference={"height_min": 190})
    best = eligible(education="doctorate")
    assert ids(member) == [best.pk]


def test_a_member_who_states_nothing_has_candidates_too(make_member, eligible):
    woman = eligible()
    silent = make_member(height=None, district=None)
    assert ids(silent) == [woman.pk]


def test_a_gender_that_the_console_does_not_know_has_none(make_member, eligible):
    eligible()
    assert ids(make_member(gender="other")) == []


PREFERENCES = (
    {},
    {"must_have": ["age", "height"], "birth_year_max": 1989},
    {"must_have": ["education"], "education_min": "master"},
    {"must_have": ["education"], "education_min": "habilitation"},
    {"must_have": ["salary"], "salary_min": "5000_7000"},
    {"must_have": ["smoking"], "smoking": ["never", "quitting"]},
    {"must_have": ["drinking"], "drinking": []},
    {"must_have": ["mbti"], "mbti": ["INTJ"]},
    {"must_have": ["marital_history"], "marital_histories": ["never_married"]},
    {"must_have": ["district"], "districts": ["서울"]},
    {"must_have": ["religion"], "religions": ["none"]},
)
STATED = (
    {},
    {"education": "master", "salary_range": "under_3000", "mbti": "INTJ", "district": "서울 마포구"},
    {"education": "bachelor", "salary_range": "10000_15000", "mbti": "ENFP", "district": "경기 성남시", "height": None},
)
LIVES = ({}, {"smoking": "never", "marital_history": "never_married", "drinking": "often"})


def test_the_database_leaves_out_nobody_whom_the_engine_would_have(eligible):
    for number, preference in enumerate(PREFERENCES):
        for at, stated in enumerate(STATED):
            gender = ("male", "female")[(number + at) % 2]
            eligible(gender=gender, preference=preference, lifestyle=LIVES[number % 2], **stated)
    week = current_round()
    everybody = load_members(week)
    settings = ranking.engine_settings(week)
    for record in everybody:
        others = [other for other in everybody if other.gender != record.gender]
        possible = {other.id for other in others if not why_not(record, other, settings)}
        assert {each.record.id for each in candidates_of(record.id, week, Q())} == possible
