"""The arithmetic of the monthly inspection, on months that are made for it."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from users.inspection.checks import CHECKS
from users.inspection.inspecting import findings_of, rows_of
from users.inspection.month import Month
from users.tests.recording import recorded, recorded_many
from ygs_admin.holidays import holidays_of

pytestmark = pytest.mark.django_db

OCTOBER = Month(2026, 10)


def found(check, month=OCTOBER):
    """Return the findings of one check: actor → numbers."""
    return {finding.actor_id: finding.numbers for finding in findings_of(month, [CHECKS[check]])}


def look(by, member, at, action="view", **columns):
    return {"by": by, "action": action, "user_id": member, "at": at, **columns}


def minutes(by, member, count, day="2026-10-15"):
    """Return looks at one member in so many different minutes."""
    return [look(by, member, f"{day} {10 + n // 60:02}:{n % 60:02}") for n in range(count)]


def members(by, count, at="2026-10-15 10:00", **columns):
    return [look(by, f"usr_{n}", at, **columns) for n in range(count)]


def test_a_month_is_seouls():
    assert OCTOBER.since == datetime(2026, 9, 30, 15, tzinfo=UTC)
    assert OCTOBER.until == datetime(2026, 10, 31, 15, tzinfo=UTC)
    assert Month.of(datetime(2026, 9, 30, 15, tzinfo=UTC)) == OCTOBER
    assert Month.of(datetime(2026, 9, 30, 14, 59, tzinfo=UTC)) == Month(2026, 9)
    assert (str(Month(2026, 1).plus(-1)), str(Month(2026, 12).plus(1))) == ("2025-12", "2027-01")
    assert not Month.of(timezone.now()).is_over()


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026", "x-y", "0000-01"])
def test_what_is_no_month(text):
    with pytest.raises(ValueError):
        Month.parse(text)


def test_the_rows_of_a_month_are_those_between_its_midnights(manager):
    for at in ("2026-09-30 23:59", "2026-10-01 00:00", "2026-10-31 23:59", "2026-11-01 00:00"):
        recorded("view", by=manager, at=at)
    assert rows_of(OCTOBER) == 2


def test_an_empty_month_has_no_findings(manager):
    assert findings_of(OCTOBER) == []


def test_one_member_unusually_often(matchmaker, consultant):
    recorded_many(minutes(matchmaker, "usr_often", 20) + members(matchmaker, 30) + members(consultant, 30))
    assert found("same_member") == {matchmaker.pk: {"looks": 20, "own": 1, "peers": 1}}
    (finding,) = findings_of(OCTOBER, [CHECKS["same_member"]])
    assert (finding.user_id, finding.key) == ("usr_often", f"same_member.{matchmaker.pk}.usr_often")
    assert finding.filters == {
        "staff": matchmaker.pk,
        "member": "usr_often",
        "since": "2026-10-01",
        "until": "2026-10-31",
    }


def test_nineteen_looks_are_below_the_floor(matchmaker):
    recorded_many(minutes(matchmaker, "usr_often", 19) + members(matchmaker, 30))
    assert found("same_member") == {}


def test_what_is_usual_for_a_person_is_no_finding(matchmaker):
    recorded_many([row for n in range(11) for row in minutes(matchmaker, f"usr_{n}", 20 + n)])
    # The median is 25 and the median distance to it 3: up to 43 are usual.
    assert found("same_member") == {}
    recorded_many(minutes(matchmaker, "usr_often", 60))
    assert found("same_member") == {matchmaker.pk: {"looks": 60, "own": 44, "peers": 44}}


def test_who_looks_at_one_member_only_sets_no_measure(matchmaker):
    recorded_many(minutes(matchmaker, "usr_only", 300))
    assert found("same_member") == {matchmaker.pk: {"looks": 300, "own": "–", "peers": "–"}}


def test_what_is_usual_for_the_role_is_no_finding(matchmaker, make_colleague):
    recorded_many(minutes(matchmaker, "usr_often", 25) + members(matchmaker, 3))
    assert matchmaker.pk in found("same_member")
    colleague = make_colleague("matchmaker")
    recorded_many([row for n in range(10) for row in minutes(colleague, f"usr_c{n}", 24 + n)])
    assert found("same_member") == {}


def test_an_album_opened_in_a_minute_is_one_look(matchmaker):
    recorded_many([look(matchmaker, "usr_often", "2026-10-15 10:00") for _ in range(50)])
    assert found("same_member") == {}


@pytest.fixture
def make_colleague(db):
    from ygs_admin.testing.personas import make_staff

    return lambda role, name="colleague": make_staff(name, role=role)


def test_a_busy_day_beside_ones_own_and_the_roles(reviewer):
    usual = [row for day in range(1, 13) for row in members(reviewer, 10, f"2026-09-{day:02} 10:00")]
    peers = [row for day in range(1, 13) for row in members(reviewer, 12, f"2026-10-{day:02} 10:00")]
    recorded_many(usual + peers + members(reviewer, 49, "2026-10-20 10:00"))
    assert found("busy_days") == {}
    recorded_many(members(reviewer, 50, "2026-10-21 10:00") + members(reviewer, 70, "2026-10-22 10:00"))
    assert found("busy_days") == {
        reviewer.pk: {"days": 2, "members": 70, "day": "2026-10-22", "own": 10, "peers": 12},
    }


def test_who_had_no_days_before_is_measured_by_the_role_alone(reviewer):
    recorded_many([row for day in range(1, 13) for row in members(reviewer, 12, f"2026-10-{day:02} 10:00")])
    recorded_many(members(reviewer, 60, "2026-10-22 10:00"))
    assert found("busy_days")[reviewer.pk]["own"] == "–"


def test_a_day_begins_at_midnight_in_seoul(reviewer):
    recorded_many([row for day in range(1, 13) for row in members(reviewer, 1, f"2026-10-{day:02} 10:00")])
    before = [look(reviewer, f"usr_b{n}", "2026-10-20 23:59") for n in range(30)]
    after = [look(reviewer, f"usr_a{n}", "2026-10-21 00:00") for n in range(30)]
    recorded_many(before + after)
    assert found("busy_days") == {}


@pytest.mark.parametrize(
    ("at", "is_night"), [("21:59", False), ("22:00", True), ("23:59", True), ("05:59", True), ("06:00", False)]
)
def test_the_night_is_from_ten_to_six(reviewer, at, is_night):
    recorded_many(members(reviewer, 10, f"2026-10-15 {at}"))
    assert (reviewer.pk in found("night")) is is_night


def test_the_small_hours_belong_to_the_night_before(reviewer):
    recorded_many(members(reviewer, 5, "2026-10-15 23:30") + members(reviewer, 6, "2026-10-16 01:00"))
    assert found("night") == {reviewer.pk: {"looks": 11, "members": 6, "nights": 1}}


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        ("2026-10-15", False),
        ("2026-10-17", True),  # Saturday
        ("2026-10-18", True),  # Sunday
        ("2026-10-09", True),  # Hangul Day, a Friday
    ],
)
def test_days_off_are_weekends_and_holidays(reviewer, day, is_off):
    recorded_many(members(reviewer, 20, f"{day} 10:00"))
    assert (reviewer.pk in found("days_off")) is is_off


def test_lunar_holidays_are_known_for_the_years_that_are_listed():
    assert {date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18), date(2026, 9, 24)} <= holidays_of(2026).keys()
    assert holidays_of(2040).keys() == {
        date(2040, *day) for day in ((1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25))
    }


def test_many_members_within_an_hour(reviewer):
    recorded_many(members(reviewer, 59, "2026-10-15 10:00") + members(reviewer, 3, "2026-10-15 10:30"))
    assert found("many_members") == {}
    recorded_many([look(reviewer, "usr_sixtieth", "2026-10-15 10:59")])
    assert found("many_members") == {reviewer.pk: {"hours": 1, "members": 60, "at": "2026-10-15 10:00"}}


def test_many_pages_of_lists_within_an_hour(reviewer):
    recorded_many([look(reviewer, None, "2026-10-15 10:00", action="search") for _ in range(120)])
    assert found("many_pages") == {reviewer.pk: {"hours": 1, "pages": 120, "at": "2026-10-15 10:00"}}


def test_every_file_is_verified(manager, reviewer):
    recorded("export", by=manager, reason="월간 보고", detail={"user_ids": ["usr_1", "usr_2", "usr_3"]})
    recorded("download", by=manager, user_id="usr_4")
    recorded("print", by=reviewer, user_id="usr_4", reason="면담", detail={"user_ids": "none"})
    assert found("taken_out") == {
        manager.pk: {"files": 2, "members": 4, "without_reason": 1, "reasons": "월간 보고"},
        reviewer.pk: {"files": 1, "members": 1, "without_reason": 0, "reasons": "면담"},
    }


def test_reveals_beside_those_of_the_role(matchmaker, make_colleague):
    others = [make_colleague("matchmaker", name) for name in ("one", "two")]
    for person, count in zip([matchmaker, *others], (24, 20, 21), strict=True):
        recorded_many(members(person, count, action="reveal", reason="통화"))
    # The median is 21 and the median distance to it 1: up to 27 are usual.
    assert found("reveals") == {}
    recorded_many(members(matchmaker, 4, "2026-10-16 10:00", action="reveal"))
    assert found("reveals") == {matchmaker.pk: {"reveals": 28, "members": 24, "peers": 27}}


def test_who_is_alone_in_a_role_is_measured_by_the_floor(consultant):
    recorded_many(members(consultant, 19, action="reveal"))
    assert found("reveals") == {}
    recorded_many(members(consultant, 1, "2026-10-16 10:00", action="reveal"))
    assert found("reveals") == {consultant.pk: {"reveals": 20, "members": 19, "peers": "–"}}


def test_the_same_reason_again_and_again(matchmaker):
    recorded_many(
        members(matchmaker, 10, action="reveal", reason="확인") + members(matchmaker, 9, action="reveal", reason="통화")
    )
    assert found("same_reason") == {matchmaker.pk: {"reason": "확인", "reveals": 10, "members": 10}}


def test_failed_sign_ins_in_a_burst():
    for minute in range(10):
        address = f"k{minute % 3}***@ygs.test"
        recorded("login_failed", at=f"2026-10-15 10:{minute:02}", ip_address="192.0.2.66", detail={"email": address})
        recorded("login_failed", at=f"2026-10-15 {minute:02}:00", ip_address="192.0.2.67")
    (finding,) = findings_of(OCTOBER, [CHECKS["failed_sign_ins"]])
    assert finding.numbers == {
        "address": "192.0.2.66",
        "hours": 1,
        "failures": 10,
        "accounts": 3,
        "at": "2026-10-15 10:00",
    }
    assert finding.filters["address"] == "192.0.2.66"
    assert "staff" not in finding.filters


def test_accounts_that_were_deactivated_since(reviewer, matchmaker):
    recorded_many(members(reviewer, 2) + members(matchmaker, 2))
    reviewer.is_active = False
    reviewer.save()
    assert found("deactivated") == {reviewer.pk: {"rows": 2, "members": 2, "at": "2026-10-15 10:00"}}


def test_new_addresses(reviewer, matchmaker):
    recorded_many(
        [
            look(reviewer, "usr_1", "2026-08-01 10:00", ip_address="192.0.2.1"),
            look(reviewer, "usr_1", "2026-10-02 10:00", ip_address="192.0.2.1"),
            look(reviewer, "usr_1", "2026-10-03 10:00", ip_address="198.51.100.9"),
            look(matchmaker, "usr_1", "2026-10-03 10:00", ip_address="198.51.100.9"),
        ]
    )
    assert found("new_addresses") == {reviewer.pk: {"addresses": 1, "rows": 1, "shown": "198.51.100.9"}}


def test_the_months_before_and_after_do_not_count(reviewer):
    for at in ("2026-09-30 23:59", "2026-11-01 00:00"):
        recorded_many(members(reviewer, 80, at, ip_address="192.0.2.1"))
        recorded_many(members(reviewer, 30, at, action="export"))
    assert findings_of(OCTOBER) == []
