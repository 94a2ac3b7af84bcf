"""From both having accepted to what comes of the meeting; the times that decide refunds are written once."""

from datetime import timedelta

import pytest
from django.db.transaction import atomic as another_transaction
from django.utils import timezone

from matching.models import MatchFeedback, MatchHistory, PlannedDate
from users.models.status import VerbRefusedError
from ygs_admin.db.row_version import RowConflictError

from .introducing import days_ago, fresh, introduced, records_of, together

pytestmark = pytest.mark.django_db
SOON = timezone.now() + timedelta(days=2)


@pytest.fixture
def accepted(make_member):
    return introduced(make_member, status="accepted", introduced_at=days_ago(9))


@pytest.fixture
def fixed(accepted, matchmaker):
    accepted.fix_date(by=matchmaker, meets_at=SOON, place="강남역 카페")
    return accepted


@pytest.fixture
def met(fixed, matchmaker):
    fixed.mark_met(by=matchmaker, at=days_ago(1))
    return fixed


class TestFixing:
    def test_when_and_where_is_kept_and_the_moment_stamped(self, accepted, matchmaker):
        assert accepted.fix_date(by=matchmaker, meets_at=SOON, place="강남역 카페") is True
        assert (accepted.status, accepted.plan()) == ("date_fixed", {"meets_at": SOON, "place": "강남역 카페"})
        assert timezone.now() - accepted.date_fixed_at < timedelta(minutes=1)
        newest = records_of(accepted)[0].detail
        assert newest["planned"] == {"meets_at": SOON.isoformat(), "place": "강남역 카페"}
        assert "date_fixed_at" in newest

    def test_the_same_again_moves_nothing(self, fixed, matchmaker):
        stamped = fixed.date_fixed_at
        assert fixed.fix_date(by=matchmaker, meets_at=SOON, place="강남역 카페", version=1) is False
        assert fresh(fixed).date_fixed_at == stamped

    def test_a_date_is_moved_but_not_its_stamp(self, fixed, matchmaker):
        stamped, version = fixed.date_fixed_at, fresh(fixed).row_version
        with another_transaction():
            assert fixed.fix_date(by=matchmaker, meets_at=SOON + timedelta(days=1)) is True
        assert (fixed.plan()["place"], fresh(fixed).date_fixed_at) == ("", stamped)
        assert fresh(fixed).row_version != version
        assert "planned" in records_of(fixed)[0].detail

    def test_not_before_they_were_introduced(self, accepted, matchmaker):
        with pytest.raises(VerbRefusedError):
            accepted.fix_date(by=matchmaker, meets_at=days_ago(10))
        assert (fresh(accepted).status, fresh(accepted).plan()) == ("accepted", None)

    def test_a_date_that_falls_through_keeps_its_stamp(self, fixed, matchmaker):
        stamped = fixed.date_fixed_at
        assert fixed.unfix_date(by=matchmaker) is True
        assert (fixed.status, fixed.plan(), fixed.date_fixed_at) == ("accepted", None, stamped)
        assert fixed.unfix_date(by=matchmaker) is False
        fixed.fix_date(by=matchmaker, meets_at=SOON)
        assert fixed.date_fixed_at == stamped

    def test_a_mistake_takes_its_stamp_along(self, fixed, matchmaker):
        fixed.unfix_date(by=matchmaker, mistaken=True)
        assert (fixed.status, fixed.date_fixed_at) == ("accepted", None)
        assert records_of(fixed)[0].detail["mistaken"] is True

    def test_but_not_the_stamp_of_an_earlier_date(self, fixed, matchmaker):
        stamped = fixed.date_fixed_at
        fixed.unfix_date(by=matchmaker)
        fixed.fix_date(by=matchmaker, meets_at=SOON)
        fixed.unfix_date(by=matchmaker, mistaken=True)
        assert fixed.date_fixed_at == stamped

    @pytest.mark.parametrize("status", ["introduced", "declined", "met", "canceled"])
    def test_only_once_both_have_accepted(self, make_member, matchmaker, status):
        pair = introduced(make_member, status=status)
        with pytest.raises(VerbRefusedError):
            pair.fix_date(by=matchmaker, meets_at=SOON)
        assert not PlannedDate.objects.exists()

    def test_a_stale_page_is_refused(self, accepted, matchmaker):
        seen = fresh(accepted).row_version
        with another_transaction():
            MatchHistory.objects.update(memo="전화함")
        with pytest.raises(RowConflictError):
            accepted.fix_date(by=matchmaker, meets_at=SOON, version=seen)
        assert not PlannedDate.objects.exists()


class TestMeeting:
    def test_the_time_is_stamped_once(self, fixed, matchmaker):
        at = days_ago(1)
        assert fixed.mark_met(by=matchmaker, at=at) is True
        assert (fixed.status, fixed.met_at) == ("met", at)
        assert fixed.mark_met(by=matchmaker, at=days_ago(2)) is False
        assert fresh(fixed).met_at == at

    def test_by_default_it_is_now(self, fixed, matchmaker):
        fixed.mark_met(by=matchmaker)
        assert timezone.now() - fixed.met_at < timedelta(minutes=1)

    @pytest.mark.parametrize("at", [timezone.now() + timedelta(hours=1), days_ago(10)])
    def test_not_in_the_future_nor_before_the_introduction(self, fixed, matchmaker, at):
        with pytest.raises(VerbRefusedError):
            fixed.mark_met(by=matchmaker, at=at)
        assert (fresh(fixed).status, fresh(fixed).met_at) == ("date_fixed", None)

    def test_it_was_a_mistake(self, met, matchmaker):
        assert met.unmark_met(by=matchmaker) is True
        assert (met.status, met.met_at) == ("date_fixed", None)
        assert met.plan()["place"] == "강남역 카페"
        assert met.unmark_met(by=matchmaker) is False

    def test_not_once_somebody_has_said_how_it_was(self, met, matchmaker):
        feedback = MatchFeedback.give(met, by=matchmaker, user_id=met.user_a_id, rating=4)
        with pytest.raises(VerbRefusedError):
            met.unmark_met(by=matchmaker)
        feedback.soft_delete(by=matchmaker)
        assert met.unmark_met(by=matchmaker) is True

    def test_who_did_not_appear(self, fixed, matchmaker):
        assert fixed.mark_no_show(by=matchmaker, reason="남성 회원 불참") is True
        assert (fixed.status, fixed.close_reason, fixed.met_at) == ("no_show", "남성 회원 불참", None)
        assert fixed.mark_no_show(by=matchmaker) is False
        assert fixed.unmark_no_show(by=matchmaker) is True
        assert (fixed.status, fixed.close_reason, fixed.closed_at) == ("date_fixed", None, None)

    @pytest.mark.parametrize("verb", ["mark_met", "mark_no_show"])
    @pytest.mark.parametrize("status", ["introduced", "accepted", "ended", "canceled"])
    def test_only_from_a_fixed_date(self, make_member, matchmaker, verb, status):
        pair = introduced(make_member, status=status)
        with pytest.raises(VerbRefusedError):
            getattr(pair, verb)(by=matchmaker)


class TestCouples:
    def test_dating_and_marriage_and_back(self, met, matchmaker):
        for verb, status, is_closed in (
            ("start_dating", "dating", False),
            ("marry", "married", True),
            ("unmarry", "dating", False),
            ("stop_dating", "met", False),
        ):
            assert getattr(met, verb)(by=matchmaker) is True
            assert (met.status, met.closed_at is not None) == (status, is_closed)
            assert getattr(met, verb)(by=matchmaker) is False

    @pytest.mark.parametrize("is_dating", [True, False])
    def test_it_ends_and_is_resumed_from_where_it_was(self, met, matchmaker, is_dating):
        if is_dating:
            met.start_dating(by=matchmaker)
        assert met.end(by=matchmaker, reason="성격 차이") is True
        assert (met.status, met.close_reason) == ("ended", "성격 차이")
        assert met.end(by=matchmaker, reason="다른 이유") is False
        assert met.resume(by=matchmaker) is True
        assert (met.status, met.closed_at) == ("dating" if is_dating else "met", None)
        assert met.resume(by=matchmaker) is False

    def test_what_the_app_ended_is_resumed_as_met(self, met, matchmaker):
        MatchHistory.objects.update(status="ended")
        met.resume(by=matchmaker)
        assert met.status == "met"

    @pytest.mark.parametrize("verb", ["start_dating", "marry", "unmarry", "stop_dating", "resume"])
    def test_only_from_where_it_fits(self, accepted, matchmaker, verb):
        with pytest.raises(VerbRefusedError):
            getattr(accepted, verb)(by=matchmaker)

    def test_ending_is_for_who_has_met(self, accepted, matchmaker):
        with pytest.raises(VerbRefusedError):
            accepted.end(by=matchmaker, reason="x")


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
class TestAtTheSameMoment:
    def test_one_of_ten_stamps_the_meeting(self, make_member, matchmaker):
        pair = introduced(make_member, status="date_fixed", introduced_at=days_ago(9))
        outcomes = together(
            *(
                lambda day=day: MatchHistory.objects.get(pk=pair.pk).mark_met(by=matchmaker, at=days_ago(day))
                for day in range(1, 9)
            )
        )
        assert (outcomes.count(True), outcomes.count(False)) == (1, 7)

    def test_met_or_called_off_but_not_both(self, make_member, matchmaker):
        pair = introduced(make_member, status="date_fixed", introduced_at=days_ago(9))
        outcomes = together(
            lambda: MatchHistory.objects.get(pk=pair.pk).mark_met(by=matchmaker),
            lambda: MatchHistory.objects.get(pk=pair.pk).cancel(by=matchmaker, reason="변심"),
        )
        assert sorted(map(str, outcomes)) == ["True", "VerbRefusedError"]
