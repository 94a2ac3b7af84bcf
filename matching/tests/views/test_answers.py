"""The answers of the two sides, each at its own address."""

import pytest
from django.db.transaction import atomic as another_transaction
from django.urls import reverse

from matching.models import MatchHistory
from matching.tests.introducing import fresh
from ygs_admin.db.ids import new_id

from .pressing import hidden_of, press, undo

pytestmark = pytest.mark.django_db(databases=["default", "replica"])
NAMES = ("introduction_answer", "introduction_withdraw_answer")


def test_the_pages_own_button_records_it(desk, pair):
    page = desk.get(reverse("matching:introduction", args=[pair.pk]))
    press(desk, "introduction_answer", pair.pk, pair.user_b_id, hidden=hidden_of(page), response="accepted")
    assert fresh(pair).responses == ("pending", "accepted")


def test_an_answer_is_undone_by_its_withdrawal(desk, pair):
    undo(desk, press(desk, "introduction_answer", pair.pk, pair.user_a_id, response="declined"))
    assert (fresh(pair).status, fresh(pair).a_response) == ("introduced", "pending")


def test_a_correction_is_undone_by_the_answer_from_before(desk, pair):
    press(desk, "introduction_answer", pair.pk, pair.user_a_id, response="accepted")
    undo(desk, press(desk, "introduction_answer", pair.pk, pair.user_a_id, response="declined"))
    assert fresh(pair).a_response == "accepted"


def test_an_answer_is_withdrawn_and_that_is_undone(desk, pair):
    press(desk, "introduction_answer", pair.pk, pair.user_a_id, response="declined")
    answered = press(desk, "introduction_withdraw_answer", pair.pk, pair.user_a_id)
    assert fresh(pair).a_response == "pending"
    undo(desk, answered)
    assert fresh(pair).a_response == "declined"


@pytest.mark.parametrize("name", NAMES)
class TestEither:
    def test_it_asks_on_a_page_of_its_own(self, desk, pair, name):
        answered = desk.get(reverse(f"matching:{name}", args=[pair.pk, pair.user_a_id]))
        assert answered.status_code == 200
        assert pair.user_a.name in answered.text

    def test_another_version_is_a_conflict(self, desk, pair, name):
        MatchHistory.objects.update(a_response="declined")
        hidden = hidden_of(desk.get(reverse(f"matching:{name}", args=[pair.pk, pair.user_a_id])))
        with another_transaction():
            MatchHistory.objects.update(b_response="accepted")
        answered = press(desk, name, pair.pk, pair.user_a_id, hidden=hidden, response="accepted")
        assert answered.status_code == 409
        assert fresh(pair).a_response == "declined"

    def test_out_of_turn_it_says_why(self, desk, pair, name):
        MatchHistory.objects.update(status="met", a_response="declined")
        url = reverse(f"matching:{name}", args=[pair.pk, pair.user_a_id])
        sent = desk.post(url, {"row_version": fresh(pair).row_version, "response": "accepted"})
        for answered in (desk.get(url), sent):
            assert "flash-error" in desk.get(answered.url).text
        assert fresh(pair).a_response == "declined"

    def test_a_stranger_or_an_unknown_pair_is_not_found(self, desk, pair, name, make_member):
        for keys in ([pair.pk, make_member().pk], [new_id("mh"), pair.user_a_id]):
            assert desk.get(reverse(f"matching:{name}", args=keys)).status_code == 404

    @pytest.mark.parametrize("person", ["reviewer", "consultant", "auditor", "outsider"])
    def test_the_wrong_role(self, signed_in, pair, name, person, request):
        url = reverse(f"matching:{name}", args=[pair.pk, pair.user_a_id])
        assert signed_in(request.getfixturevalue(person)).post(url).status_code == 403

    def test_the_wrong_method(self, desk, pair, name):
        assert desk.put(reverse(f"matching:{name}", args=[pair.pk, pair.user_a_id])).status_code == 405


@pytest.mark.parametrize("response", ["", "no_answer", "maybe"])
def test_only_a_yes_or_a_no_is_an_answer(desk, pair, response):
    answered = press(desk, "introduction_answer", pair.pk, pair.user_a_id, response=response)
    assert answered.status_code == 422
    assert fresh(pair).a_response == "pending"
