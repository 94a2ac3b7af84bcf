"""Feedback: the due list, and writing down, correcting, deleting and restoring what a side says."""

import pytest
from django.db.transaction import atomic as another_transaction
from django.urls import reverse

from matching.models import MatchFeedback, MatchHistory
from matching.tests.introducing import days_ago, introduced, records_of
from users.models import UserAccessAudit
from ygs_admin.db.ids import new_id
from ygs_admin.testing.queries import domain_queries

from .pressing import hidden_of, press, undo

pytestmark = pytest.mark.django_db(databases=["default", "replica"])
DUE = "/matching/feedback/"
SAID = {"rating": "4", "wants_to_meet_again": "True", "tags": ["배려심"], "comment": "좋았다"}


@pytest.fixture
def said(met, matchmaker):
    return MatchFeedback.give(met, by=matchmaker, user_id=met.user_a_id, rating=3)


def url_of(pair, side="a"):
    return reverse("matching:feedback", args=[pair.pk, getattr(pair, f"user_{side}_id")])


def changed(**columns):
    with another_transaction():
        MatchFeedback.all_objects.update(**columns)


class TestDue:
    def test_who_has_not_been_heard_is_listed_the_longest_ago_first(self, desk, met, make_member, said):
        other = introduced(make_member, status="ended", introduced_at=days_ago(30), met_at=days_ago(20))
        answered = desk.get(DUE)
        assert [row.pk for row in answered.context["page"].rows] == [other.pk, met.pk]
        assert [is_due for _member, is_due in answered.context["page"].rows[1].due_sides] == [False, True]
        assert url_of(met, "b") in answered.text
        assert url_of(met, "a") not in answered.text

    @pytest.mark.parametrize(("days", "is_listed"), [(2, False), (4, True), (89, True), (91, False)])
    def test_from_when_until_when(self, desk, met, days, is_listed):
        MatchHistory.objects.update(met_at=days_ago(days))
        assert bool(desk.get(DUE).context["page"].rows) is is_listed

    @pytest.mark.parametrize(("days", "is_overdue"), [(6, False), (8, True)])
    def test_what_is_overdue_is_said(self, desk, met, days, is_overdue):
        MatchHistory.objects.update(met_at=days_ago(days))
        assert desk.get(DUE).context["page"].rows[0].is_overdue is is_overdue

    def test_heard_on_both_sides_it_is_gone_and_deleted_it_comes_back(self, desk, met, said, matchmaker):
        MatchFeedback.give(met, by=matchmaker, user_id=met.user_b_id, rating=3)
        assert not desk.get(DUE).context["page"].rows
        said.soft_delete(by=matchmaker)
        assert desk.get(DUE).context["page"].rows

    def test_pages_follow_each_other(self, desk, make_member, monkeypatch):
        monkeypatch.setattr("matching.views.feedback.due.PAGE_SIZE", 2)
        pairs = [introduced(make_member, status="met", met_at=days_ago(20 - at)).pk for at in range(5)]
        found, url = [], DUE
        while url:
            page = desk.get(url).context["page"]
            found += [row.pk for row in page.rows]
            url = page.next_url
        assert found == pairs

    def test_whom_it_showed_is_on_record_and_what_it_costs(self, desk, met):
        desk.get(DUE)
        with domain_queries() as queries:
            desk.get(DUE)
        assert [query.split()[0] for query in queries] == ["SELECT"] * 3 + ["INSERT"]
        row = UserAccessAudit.objects.filter(action="search")[0]
        assert set(row.detail["user_ids"]) == set(met.user_ids)

    def test_htmx_gets_the_results_alone(self, desk, met):
        assert "<html" not in desk.get(DUE, headers={"HX-Request": "true"}).text

    def test_who_may_see_it(self, signed_in, consultant, reviewer, auditor, outsider):
        assert signed_in(consultant).get(DUE).status_code == 200
        for person in (reviewer, auditor, outsider):
            assert signed_in(person).get(DUE).status_code == 403


class TestGiving:
    def test_it_is_written_down(self, desk, met, matchmaker):
        answered = desk.post(url_of(met), SAID)
        assert answered.status_code == 302, answered.text
        row = MatchFeedback.objects.get()
        assert (row.user_id, row.rating, row.wants_to_meet_again, row.tags) == (met.user_a_id, 4, True, ["배려심"])
        assert "좋았다" in desk.get(answered.url).text
        undo(desk, desk.post(url_of(met, "b"), {"rating": "2"}))
        assert list(MatchFeedback.objects.values_list("user_id", flat=True)) == [met.user_a_id]

    def test_a_consultant_may_write_but_not_correct(self, signed_in, consultant, met):
        client = signed_in(consultant)
        assert client.post(url_of(met), SAID).status_code == 302
        assert client.get(url_of(met)).status_code == 403

    @pytest.mark.parametrize(
        "wrong",
        [
            {"rating": "6"},
            {"rating": ""},
            {"tags": ["없는 말"]},
            {"comment": "가" * 4001},
            {"comment": " ", "is_incident": "on"},
        ],
    )
    def test_what_can_not_be_is_said(self, desk, met, wrong):
        assert desk.post(url_of(met), SAID | wrong).status_code == 422
        assert not MatchFeedback.objects.exists()

    def test_before_they_met_there_is_nothing_to_say(self, desk, pair):
        for answered in (desk.get(url_of(pair)), desk.post(url_of(pair), SAID)):
            assert "flash-error" in desk.get(answered.url).text

    def test_a_stranger_or_an_unknown_pair_is_not_found(self, desk, met, make_member):
        for keys in ([met.pk, make_member().pk], [new_id("mh"), met.user_a_id]):
            assert desk.get(reverse("matching:feedback", args=keys)).status_code == 404

    def test_the_wrong_role_and_method(self, desk, signed_in, reviewer, outsider, met):
        for person in (reviewer, outsider):
            assert signed_in(person).post(url_of(met), SAID).status_code == 403
        assert desk.put(url_of(met)).status_code == 405


class TestCorrecting:
    def test_it_is_corrected_and_recorded_for_both(self, desk, met, said):
        press(desk, "feedback", met.pk, met.user_a_id, **SAID)
        assert MatchFeedback.objects.get().rating == 4
        rows = [row for row in records_of(said) if row.action == "update"]
        assert {row.user_id for row in rows} == set(met.user_ids)
        assert rows[0].detail["rating"] == [3, 4]

    def test_a_conflict_is_shown(self, desk, met, said):
        hidden = hidden_of(desk.get(url_of(met)))
        changed(rating=1)
        answered = press(desk, "feedback", met.pk, met.user_a_id, hidden=hidden, **SAID)
        assert answered.status_code == 409
        assert MatchFeedback.objects.get().rating == 1

    def test_an_unknown_tag_survives(self, desk, met, said):
        changed(tags=["처음 보는 말"])
        press(desk, "feedback", met.pk, met.user_a_id, **SAID | {"tags": ["처음 보는 말"]})
        assert MatchFeedback.objects.get().tags == ["처음 보는 말"]

    def test_a_reported_incident_stays_reported(self, desk, met, said):
        changed(is_incident=True)
        press(desk, "feedback", met.pk, met.user_a_id, **SAID)
        assert MatchFeedback.objects.get().is_incident is True


class TestDeleting:
    def url(self, said):
        return reverse("matching:feedback_delete", args=[said.pk])

    def test_it_is_deleted_for_a_reason_and_brought_back(self, desk, said):
        answered = press(desk, "feedback_delete", said.pk, reason="잘못 입력")
        assert not MatchFeedback.objects.exists()
        undo(desk, answered)
        assert MatchFeedback.objects.exists()

    def test_deleted_it_offers_to_be_restored(self, desk, met, said, matchmaker):
        said.soft_delete(by=matchmaker)
        page = desk.get(url_of(met))
        assert reverse("matching:feedback_restore", args=[said.pk]) in page.text
        assert desk.post(url_of(met), SAID).status_code == 409

    def test_without_a_reason_it_stays(self, desk, said):
        assert press(desk, "feedback_delete", said.pk, reason="").status_code == 422
        assert MatchFeedback.objects.exists()

    def test_another_version_is_a_conflict(self, desk, said):
        hidden = hidden_of(desk.get(self.url(said)))
        changed(rating=1)
        assert press(desk, "feedback_delete", said.pk, hidden=hidden, reason="x").status_code == 409
        assert MatchFeedback.objects.exists()

    def test_an_undecided_incident_stays(self, desk, said):
        changed(is_incident=True)
        answered = press(desk, "feedback_delete", said.pk, reason="x")
        assert "flash-error" in desk.get(answered.url).text
        assert MatchFeedback.objects.exists()

    def test_who_and_what(self, desk, signed_in, consultant, said):
        assert signed_in(consultant).post(self.url(said)).status_code == 403
        assert signed_in(consultant).post(self.url(said).replace("delete", "restore")).status_code == 403
        assert desk.get(reverse("matching:feedback_delete", args=[new_id("mf")])).status_code == 404
        assert desk.get(self.url(said).replace("delete", "restore")).status_code == 405
        assert desk.put(self.url(said)).status_code == 405
