"""The contact script: only after both accepted, for a reason, recently confirmed, on both members' records."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from matching.models import MatchHistory, PlannedDate
from matching.tests.introducing import days_ago
from users.models import User, UserAccessAudit
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db(databases=["default", "replica"])
REASON = {"reason": "첫 연락 안내"}


@pytest.fixture
def accepted(pair):
    MatchHistory.objects.update(status="accepted", a_response="accepted", b_response="accepted")
    User.objects.filter(pk=pair.user_a_id).update(kakao_id="chulsoo90")
    return pair


def url_of(pair):
    return reverse("matching:introduction_script", args=[pair.pk])


def written(phone):
    return f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"


def reveals(pair):
    return UserAccessAudit.objects.filter(action="reveal", resource_id=pair.pk)


def test_it_asks_for_a_reason_and_shows_nothing_yet(desk, accepted):
    answered = desk.get(url_of(accepted))
    assert answered.status_code == 200
    assert written(accepted.user_a.phone) not in answered.text
    assert not reveals(accepted).exists()


def test_each_text_carries_the_others_contact_details(desk, accepted, matchmaker):
    PlannedDate.objects.create(introduction=accepted, meets_at="2026-12-01T10:00Z", place="강남역")
    answered = desk.post(url_of(accepted), REASON)
    assert answered.status_code == 200
    to_a, to_b = (letter.text for letter in answered.context["letters"])
    assert written(accepted.user_b.phone) in to_a
    assert written(accepted.user_a.phone) not in to_a
    assert "chulsoo90" in to_b
    assert "12월 1일 19:00, 강남역" in to_a
    rows = reveals(accepted)
    assert {(row.user_id, row.reason, row.actor_id) for row in rows} == {
        (key, REASON["reason"], matchmaker.pk) for key in accepted.user_ids
    }


def test_without_a_reason_nothing_is_shown(desk, accepted):
    answered = desk.post(url_of(accepted), {"reason": " "})
    assert answered.status_code == 422
    assert written(accepted.user_a.phone) not in answered.text
    assert not reveals(accepted).exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "introduced", "b_response": "pending"},
        {"status": "declined", "b_response": "declined"},
        {"status": "canceled"},
        {"status": "ended"},
        {"status": "accepted", "b_response": "pending"},
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_not_unless_both_have_accepted(desk, accepted, columns, method):
    MatchHistory.objects.update(**columns)
    answered = getattr(desk, method)(url_of(accepted), REASON)
    assert answered.status_code == 302
    assert "flash-error" in desk.get(answered.url).text
    assert not reveals(accepted).exists()


def test_not_of_a_deleted_member(desk, accepted):
    User.objects.filter(pk=accepted.user_a_id).update(deleted_at=days_ago(1))
    assert desk.post(url_of(accepted), REASON).status_code == 302
    assert not reveals(accepted).exists()


def test_it_wants_a_recent_confirmation(desk, accepted):
    session = desk.session
    session["confirmed_at"] = 0
    session.save()
    answered = desk.post(url_of(accepted), REASON)
    assert answered.status_code == 302
    assert "confirm" in answered.url
    assert not reveals(accepted).exists()


def test_a_consultant_may_too_and_others_may_not(signed_in, accepted, consultant, reviewer, auditor, outsider):
    assert signed_in(consultant).post(url_of(accepted), REASON).status_code == 200
    for person in (reviewer, auditor, outsider):
        assert signed_in(person).post(url_of(accepted), REASON).status_code == 403


def test_who_may_read_no_names_may_not_have_texts_full_of_them(signed_in, accepted, matchmaker):
    matchmaker.user_permissions.set(Permission.objects.filter(group__name="matchmaker").exclude(codename="see_names"))
    matchmaker.groups.clear()
    client = signed_in(matchmaker)
    assert url_of(accepted) not in client.get(reverse("matching:introduction", args=[accepted.pk])).text
    assert client.post(url_of(accepted), REASON).status_code == 403
    assert not reveals(accepted).exists()


def test_unknown_and_wrong_method(desk, accepted):
    assert desk.get(reverse("matching:introduction_script", args=[new_id("mh")])).status_code == 404
    assert desk.put(url_of(accepted)).status_code == 405
