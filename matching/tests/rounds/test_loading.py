"""Members as the engine is given them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from matching.feedback.counting import WEIGHT
from matching.models import ForbiddenPair, MatchFeedback, MatchHistory, PastIntroduction
from matching.models.forbidden_pair import ordered
from matching.rounds import chunks
from matching.rounds.loading import load_members, load_round
from matching.rounds.past import introduced_pairs, pasts
from users.models import UserLifestyle, UserPreference, UserSubscription

pytestmark = pytest.mark.django_db


def always(*_given):
    return True


def record_of(member, week):
    return next(record for record in load_members(week) if record.id == member.pk)


def test_a_record_is_what_the_member_states_and_wishes(eligible, week):
    member = eligible(
        gender="female", birth_year=1993, height=165, education="master", salary_range="4000_5000",
        district="서울 강남구", mbti="INTJ",
        lifestyle={"smoking": "never", "drinking": "weekly", "marital_history": "divorced"},
        preference={
            "birth_year_min": 1985, "birth_year_max": 1993, "height_min": 170, "education_min": "bachelor",
            "salary_min": "5000_7000", "districts": ["서울 강남구", "서울 서초구"], "smoking": ["never"],
            "mbti": ["ENFP"], "must_have": ["age", "smoking"], "weights": {"age": 5, "height": 2},
        },
    )  # fmt: skip
    record = record_of(member, week)
    assert record[1:12] == (
        "female", 1993, 165, "master", "4000_5000", "서울 강남구", None, "never", "weekly", "divorced", "INTJ"
    )  # fmt: skip
    wishes = record.wishes
    assert wishes[:6] == (1985, 1993, 170, None, "bachelor", "5000_7000")
    assert wishes.districts == ("서울 강남구", "서울 서초구")
    assert (wishes.religions, wishes.smoking, wishes.mbti) == ((), ("never",), ("ENFP",))
    assert (wishes.must_have, wishes.weights) == ({"age", "smoking"}, {"age": 5, "height": 2})


def test_religion_counts_with_its_holders_consent_alone(eligible, week):
    member = eligible(lifestyle={"religion": "catholic"})
    assert record_of(member, week).religion is None
    UserLifestyle.objects.update(religion_consented_at=timezone.now())
    assert record_of(member, week).religion == "catholic"


def test_without_a_lifestyle_nothing_of_it_is_stated(eligible, week):
    member = eligible()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM user_lifestyles WHERE user_id = %s", [member.pk])
    record = record_of(member, week)
    assert (record.religion, record.smoking, record.drinking, record.marital_history) == (None,) * 4


@pytest.mark.parametrize(
    ("written", "wishes"),
    [
        ({"districts": "서울", "must_have": {"age": True}}, ((), frozenset())),
        ({"districts": [1, None, "부산"], "must_have": ["age", "shoe_size", 3]}, (("부산",), frozenset({"age"}))),
    ],
)
def test_what_another_program_wrote_wrongly_states_nothing(eligible, week, written, wishes):
    member = eligible()
    UserPreference.objects.update(**written, weights={"age": 9, "height": "3", "mbti": True, "salary": 3})
    found = record_of(member, week).wishes
    assert (found.districts, found.must_have) == wishes
    assert found.weights == {"salary": 3}


def test_waiting_counts_from_the_last_introduction_or_the_subscriptions_start(eligible, week, propose, make_member):
    member, partner = eligible(gender="male"), make_member(gender="female")
    UserSubscription.objects.update(starts_at=timezone.now() - timedelta(weeks=6))
    assert record_of(member, week).weeks_waiting == pytest.approx(6, abs=0.01)
    for weeks in (9, 3):
        other = make_member(gender="female") if weeks == 9 else partner
        propose(
            member, other, match_week=None, status="declined", introduced_at=timezone.now() - timedelta(weeks=weeks)
        )
    assert record_of(member, week).weeks_waiting == pytest.approx(3, abs=0.01)


class TestAnswers:
    """Counted from both sides, as they were known at a time."""

    @pytest.fixture
    def history(self, couple, propose, make_member):
        man, woman = couple
        others = [make_member(gender="female") for _ in range(3)]
        january = datetime(2026, 1, 5, tzinfo=UTC)

        def met(other, month, own, partners, answered_at=None):
            at = january.replace(month=month)
            pair = propose(man, other, match_week=None, status="ended", introduced_at=at, closed_at=answered_at)
            sides = (own, partners) if pair.user_a_id == man.pk else (partners, own)
            pair.a_response, pair.b_response = sides
            if answered_at is None:
                pair.a_responded_at = pair.b_responded_at = at + timedelta(days=2)
            pair.save()

        met(woman, 1, "accepted", "declined")
        met(others[0], 2, "accepted", "accepted")
        met(others[1], 3, "declined", "no_answer", answered_at=january.replace(month=3, day=20))
        propose(man, others[2], match_week=None, status="introduced", introduced_at=january.replace(month=4))
        return man, woman

    def test_are_those_given_and_those_got(self, history):
        man, woman = history
        found = pasts()
        assert (found[man.pk].gave, found[man.pk].got) == ((2, 3), (1, 3))
        assert (found[woman.pk].gave, found[woman.pk].got) == ((0, 1), (1, 1))
        assert found[man.pk].last_introduced_at == datetime(2026, 4, 5, tzinfo=UTC)
        assert (found[man.pk].introductions, found[woman.pk].introductions) == (4, 1)

    def test_are_those_known_at_a_time(self, history):
        man, _woman = history
        assert pasts(as_of=datetime(2026, 2, 6, tzinfo=UTC))[man.pk].gave == (1, 1)
        found = pasts(as_of=datetime(2026, 3, 19, tzinfo=UTC))[man.pk]
        assert (found.gave, found.last_introduced_at.month) == ((2, 2), 3)
        assert man.pk not in pasts(as_of=datetime(2026, 1, 1, tzinfo=UTC))

    def test_to_a_member_who_is_destroyed_stay(self, history):
        man, woman = history
        PastIntroduction.objects.keep_of(MatchHistory.objects.touching([woman.pk]), [woman.pk])
        MatchHistory.objects.touching([woman.pk]).update(introduced_at=None, status="canceled")
        assert (pasts()[man.pk].gave, pasts()[man.pk].got) == ((2, 3), (1, 2))
        assert pasts()[man.pk].introductions == 4
        assert pasts([man.pk], as_of=datetime(2026, 1, 6, tzinfo=UTC))[man.pk].gave == (0, 0)

    def test_of_a_deleted_introduction_count(self, history):
        man, _woman = history
        MatchHistory.objects.filter(status="ended").delete()
        assert pasts([man.pk])[man.pk].gave == (2, 3)

    def test_feedback_adds_to_both_sides_what_was_said_until_then(self, history):
        man, woman = history
        met = MatchHistory.objects.touching([woman.pk]).get()
        MatchFeedback.give(met, by=None, user_id=man.pk, rating=5)
        found = pasts()
        assert (found[man.pk].gave, found[man.pk].got) == ((2 + WEIGHT, 3 + WEIGHT), (1, 3))
        assert (found[woman.pk].gave, found[woman.pk].got) == ((0, 1), (1 + WEIGHT, 1 + WEIGHT))
        assert pasts(as_of=datetime(2026, 6, 1, tzinfo=UTC))[woman.pk].got == (1, 1)


@pytest.mark.parametrize(
    ("columns", "has_met"),
    [
        ({"status": "proposed"}, False),
        ({"status": "confirmed"}, False),
        ({"status": "canceled"}, False),
        ({"status": "canceled", "introduced_at": datetime(2026, 1, 1, tzinfo=UTC)}, True),
        ({"status": "introduced"}, True),
        ({"status": "declined"}, True),
        ({"status": "no_show"}, True),
        ({"status": "of a newer version"}, True),
    ],
)
@pytest.mark.parametrize("is_deleted", [False, True])
def test_whoever_was_introduced_has_met_whatever_became_of_it(couple, propose, columns, has_met, is_deleted):
    pair = propose(*couple, match_week=None, **columns)
    if is_deleted:
        pair.delete()
    assert introduced_pairs({member.pk: 1 for member in couple}) == ({pair.user_ids} if has_met else set())


def test_who_is_not_in_the_round_has_met_nobody_there(couple, propose):
    propose(*couple, match_week=None, status="introduced")
    assert introduced_pairs({couple[0].pk: 1}) == set()


def test_a_round_is_loaded_with_what_staff_decided(week, eligible, propose):
    members = [eligible() for _ in range(6)]
    kept = propose(*members[:2], is_pinned=True)
    proposed = propose(*members[2:4])
    forbidden = ordered(members[4].pk, members[5].pk)
    ForbiddenPair.objects.create(week=week, user_a_id=forbidden[0], user_b_id=forbidden[1])
    loaded = load_round(week, is_possible=always)
    assert [record.id for record in loaded.members] == sorted(member.pk for member in members)
    assert (loaded.pinned, loaded.outside, loaded.forbidden) == ([kept.user_ids], [], {forbidden})
    assert set(loaded.previous) == {kept.user_ids, proposed.user_ids}


def test_kept_pairs_beyond_the_quota_stay_outside(week, eligible, propose):
    man, woman, _man, other_woman = (eligible() for _ in range(4))
    first = propose(man, woman, is_pinned=True)
    second = propose(man, other_woman, is_pinned=True)
    loaded = load_round(week, is_possible=always)
    assert (loaded.pinned, loaded.outside) == ([first.user_ids], [second.user_ids])
    assert {record.id: record.quota for record in loaded.members}.get(other_woman.pk) is None
    assert {record.id: record.quota for record in loaded.members}[man.pk] == 1


def test_statements_depend_on_nothing_but_the_chunks(week, eligible, propose, monkeypatch, django_assert_num_queries):
    members = [eligible() for _ in range(6)]
    propose(*members[:2], match_week=None, status="declined")
    with django_assert_num_queries(12):
        assert len(load_round(week, is_possible=always).members) == 6
    monkeypatch.setattr(chunks, "ROWS", 2)
    seen = []
    with django_assert_num_queries(15):
        assert len(load_round(week, is_possible=always, loaded=seen.append).members) == 6
    assert seen == [2, 4, 6]


def test_some_members_are_loaded_alone(week, eligible):
    members = [eligible() for _ in range(3)]
    assert [record.id for record in load_members(week, among=[members[1].pk])] == [members[1].pk]
