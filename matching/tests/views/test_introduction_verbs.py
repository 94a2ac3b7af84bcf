"""Each verb on an introduction at its small address: asked, pressed, undone, refused, in conflict."""

from datetime import timedelta

import pytest
from django.db.transaction import atomic as another_transaction
from django.urls import reverse
from django.utils import timezone

from matching.introductions.verbs import VERBS
from matching.models import MatchHistory, PlannedDate
from matching.tests.introducing import days_ago, fresh, used_by
from users.models import UserSubscription
from ygs_admin.db.ids import new_id

from .pressing import hidden_of, press, undo

pytestmark = pytest.mark.django_db(databases=["default", "replica"])
SOON = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
BEFORE = timezone.localtime(days_ago(1)).strftime("%Y-%m-%dT%H:%M")
PRESSES = [
    ("confirmed", "introduce", {}, "introduced"),
    ("accepted", "fix_date", {"meets_at": SOON, "place": "강남역"}, "date_fixed"),
    ("date_fixed", "move_date", {"meets_at": SOON}, "date_fixed"),
    ("date_fixed", "unfix_date", {"mistaken": ""}, "accepted"),
    ("date_fixed", "mark_met", {"at": BEFORE}, "met"),
    ("met", "unmark_met", {}, "date_fixed"),
    ("date_fixed", "mark_no_show", {"reason": "불참"}, "no_show"),
    ("no_show", "unmark_no_show", {}, "date_fixed"),
    ("met", "start_dating", {}, "dating"),
    ("dating", "stop_dating", {}, "met"),
    ("dating", "marry", {}, "married"),
    ("married", "unmarry", {}, "dating"),
    ("met", "end", {"reason": "성격 차이"}, "ended"),
    ("ended", "resume", {}, "met"),
    ("introduced", "expire", {}, "expired"),
    ("expired", "wait_again", {}, "introduced"),
    ("introduced", "cancel", {"reason": "변심"}, "canceled"),
]


def stand(pair, status):
    """Have the pair stand there, as the app would write it."""
    introduced_at = None if status == "confirmed" else pair.introduced_at
    MatchHistory.objects.filter(pk=pair.pk).update(status=status, introduced_at=introduced_at)


@pytest.mark.parametrize(("status", "verb", "given", "leads_to"), PRESSES)
def test_a_press_does_it_and_leads_back(desk, pair, status, verb, given, leads_to):
    stand(pair, status)
    answered = press(desk, f"introduction_{verb}", pair.pk, **given)
    assert answered.status_code == 302, answered.text
    assert answered.url == reverse("matching:introduction", args=[pair.pk])
    assert fresh(pair).status == leads_to


@pytest.mark.parametrize(
    ("status", "verb", "given"),
    [(status, verb, given) for status, verb, given, _leads_to in PRESSES
     if next(each for each in VERBS if each.key == verb.replace("_", "-")).inverse],
)  # fmt: skip
def test_a_press_is_undone(desk, pair, status, verb, given):
    stand(pair, status)
    undo(desk, press(desk, f"introduction_{verb}", pair.pk, **given))
    assert fresh(pair).status == status


def test_undoing_a_fixed_date_takes_its_stamp_along(desk, pair):
    stand(pair, "accepted")
    undo(desk, press(desk, "introduction_fix_date", pair.pk, meets_at=SOON))
    assert (fresh(pair).date_fixed_at, PlannedDate.objects.exists()) == (None, False)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.key)
class TestEachVerb:
    def url(self, verb, pair):
        return reverse(verb.url_name, args=[pair.pk])

    def test_it_says_what_it_will_do_first(self, desk, pair, verb):
        stand(pair, next(iter(verb.statuses)))
        answered = desk.get(self.url(verb, pair))
        assert answered.status_code == 200
        assert str(verb.explanation).split(".")[0].replace("'", "&#x27;") in answered.text

    def test_where_it_does_not_fit_it_says_why(self, desk, pair, verb):
        stand(pair, "eloped")
        hidden = {"row_version": fresh(pair).row_version}
        sent = press(desk, verb.url_name[9:], pair.pk, hidden=hidden, **given_to(verb))
        for answered in (desk.get(self.url(verb, pair)), sent):
            assert answered.status_code == 302
            assert "flash-error" in desk.get(answered.url).text
        assert fresh(pair).status == "eloped"

    def test_another_version_is_a_conflict(self, desk, pair, verb):
        stand(pair, next(iter(verb.statuses)))
        hidden = hidden_of(desk.get(self.url(verb, pair)))
        before = fresh(pair)
        with another_transaction():
            MatchHistory.objects.update(a_response="declined")
        answered = press(desk, verb.url_name[9:], pair.pk, hidden=hidden, **given_to(verb))
        assert answered.status_code == 409
        assert fresh(pair).status == before.status
        assert hidden_of(answered)["row_version"] != hidden["row_version"]

    @pytest.mark.parametrize("person", ["reviewer", "consultant", "auditor", "outsider"])
    def test_the_wrong_role(self, signed_in, pair, verb, person, request):
        client = signed_in(request.getfixturevalue(person))
        assert [client.get(self.url(verb, pair)).status_code, client.post(self.url(verb, pair)).status_code] == [
            403,
            403,
        ]

    def test_an_unknown_one_is_not_found(self, desk, verb):
        assert desk.get(reverse(verb.url_name, args=[new_id("mh")])).status_code == 404

    def test_the_wrong_method(self, desk, pair, verb):
        assert desk.put(self.url(verb, pair)).status_code == 405

    def test_without_the_version_nothing_is_done(self, desk, pair, verb):
        stand(pair, next(iter(verb.statuses)))
        answered = desk.post(self.url(verb, pair), given_to(verb))
        assert answered.status_code == 422


def given_to(verb):
    """Return what the verb's form takes."""
    given = {name: given for _status, name, given, _leads_to in PRESSES}
    return given.get(verb.key.replace("-", "_"), {})


@pytest.mark.parametrize(
    ("status", "verb", "given"),
    [
        ("accepted", "fix_date", {"meets_at": "어제"}),
        ("accepted", "fix_date", {}),
        ("accepted", "fix_date", {"meets_at": "2026-02-30T19:00"}),
        ("accepted", "fix_date", {"meets_at": "2020-01-01T19:00"}),
        ("accepted", "fix_date", {"meets_at": SOON, "place": "가" * 201}),
        ("date_fixed", "mark_met", {"at": ""}),
        ("date_fixed", "mark_met", {"at": SOON}),
        ("date_fixed", "mark_met", {"at": "2020-01-01T19:00"}),
        ("met", "end", {"reason": ""}),
        ("introduced", "cancel", {"reason": " "}),
    ],
)
def test_what_can_not_be_is_said_where_it_stands(desk, pair, status, verb, given):
    stand(pair, status)
    answered = press(desk, f"introduction_{verb}", pair.pk, **given)
    assert answered.status_code == 422
    assert "field-errors" in answered.text
    assert fresh(pair).status == status


def test_canceling_says_before_who_gets_nothing_back(desk, pair):
    UserSubscription.objects.filter(user=pair.user_a_id).update(status="canceled")
    text = desk.get(reverse("matching:introduction_cancel", args=[pair.pk])).text
    costs = text[text.index('class="costs"') : text.index("</ul>", text.index('class="costs"'))]
    assert costs.count("<li>") == 2
    press(desk, "introduction_cancel", pair.pk, reason="변심")
    assert used_by(pair) == [1, 0]


def test_canceling_is_undone_by_reopening(desk, pair):
    undo(desk, press(desk, "introduction_cancel", pair.pk, reason="변심"))
    assert (fresh(pair).status, used_by(pair)) == ("introduced", [1, 1])
