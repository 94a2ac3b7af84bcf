"""The memo: edited, recorded for both, and never saved over somebody else's."""

import pytest
from django.db.transaction import atomic as another_transaction
from django.urls import reverse

from matching.models import MatchHistory
from matching.tests.introducing import fresh, records_of
from ygs_admin.db.ids import new_id

from .pressing import hidden_of, press

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def url_of(pair):
    return reverse("matching:introduction_memo", args=[pair.pk])


def test_it_is_saved_and_recorded_for_both(desk, pair):
    assert press(desk, "introduction_memo", pair.pk, memo="전화함").status_code == 302
    assert fresh(pair).memo == "전화함"
    rows = [row for row in records_of(pair) if "memo" in (row.detail or {})]
    assert {row.user_id for row in rows} == set(pair.user_ids)
    assert rows[0].detail["memo"] == [None, "전화함"]


def test_emptied_it_is_none(desk, pair):
    MatchHistory.objects.update(memo="전화함")
    press(desk, "introduction_memo", pair.pk, memo="")
    assert fresh(pair).memo is None


def test_a_conflict_is_shown_and_then_decided(desk, pair):
    hidden = hidden_of(desk.get(url_of(pair)))
    with another_transaction():
        MatchHistory.objects.update(memo="남의 메모")
    answered = press(desk, "introduction_memo", pair.pk, hidden=hidden, memo="내 메모")
    assert answered.status_code == 409
    assert fresh(pair).memo == "남의 메모"
    for text in ("남의 메모", "내 메모"):
        assert text in answered.text
    press(desk, "introduction_memo", pair.pk, hidden=hidden_of(answered), memo="내 메모")
    assert fresh(pair).memo == "내 메모"


def test_too_much_is_said(desk, pair):
    assert press(desk, "introduction_memo", pair.pk, memo="가" * 4001).status_code == 422


def test_who_and_what(desk, signed_in, consultant, pair):
    assert signed_in(consultant).get(url_of(pair)).status_code == 403
    assert desk.get(reverse("matching:introduction_memo", args=[new_id("mh")])).status_code == 404
    assert desk.put(url_of(pair)).status_code == 405
