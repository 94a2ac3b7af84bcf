"""An introduction's page: both members, the course, what is offered to whom."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from matching.models import MatchHistory
from matching.tests.introducing import days_ago
from users.models import User, UserAccessAudit
from ygs_admin.db.ids import new_id
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def page_of(pair):
    return reverse("matching:introduction", args=[pair.pk])


def test_it_shows_both_and_the_look_is_on_record(desk, pair, matchmaker):
    answered = desk.get(page_of(pair))
    assert answered.status_code == 200
    for member in (pair.user_a, pair.user_b):
        assert member.name in answered.text
    rows = UserAccessAudit.objects.filter(action="view", resource_id=pair.pk, actor_id=matchmaker.pk)
    assert {row.user_id for row in rows} == set(pair.user_ids)


def test_when_they_will_meet_is_said_until_they_have_met(desk, pair, matchmaker):
    MatchHistory.objects.update(status="accepted")
    pair.refresh_from_db()
    pair.fix_date(by=matchmaker, meets_at=days_ago(1), place="강남역 카페")
    assert "강남역 카페" in desk.get(page_of(pair)).text
    pair.mark_met(by=matchmaker)
    assert "강남역 카페" not in desk.get(page_of(pair)).text


def test_it_is_one_of_the_pages_of_rounds(desk, pair):
    items = desk.get(page_of(pair)).context["nav_items"]
    assert [item["key"] for item in items if item["active"]] == ["matching:weeks"]


def test_it_says_why_these_two_where_that_is_on_record(desk, pair, explanation):
    assert 'id="why"' not in desk.get(page_of(pair)).text
    MatchHistory.objects.update(explanation=explanation)
    answered = desk.get(page_of(pair))
    assert 'id="why"' in answered.text
    assert "1985–1992년생" in answered.text


def test_why_is_for_whoever_may_see_wishes(signed_in, matchmaker, pair, explanation):
    MatchHistory.objects.update(explanation=explanation)
    wishes = Permission.objects.get(codename="view_userpreference")
    for group in matchmaker.groups.all():
        group.permissions.remove(wishes)
    answered = signed_in(matchmaker).get(page_of(pair))
    assert answered.status_code == 200
    assert 'id="why"' not in answered.text


def test_no_contact_detail_is_on_it(desk, pair):
    answered = desk.get(page_of(pair))
    for member in (pair.user_a, pair.user_b):
        assert member.phone not in answered.text.replace("-", "")


def test_the_query_count(desk, met):
    desk.get(page_of(met))
    with domain_queries() as queries:
        desk.get(page_of(met))
    assert [query.split()[0] for query in queries] == ["SELECT"] * 3 + ["INSERT"]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("confirmed", {"introduce", "cancel"}),
        ("introduced", {"expire", "cancel"}),
        ("accepted", {"fix-date", "cancel", "script"}),
        ("declined", set()),
        ("expired", {"wait-again"}),
        ("date_fixed", {"mark-met", "move-date", "unfix-date", "mark-no-show", "cancel", "script"}),
        ("met", {"start-dating", "unmark-met", "end", "script"}),
        ("no_show", {"unmark-no-show"}),
        ("dating", {"marry", "stop-dating", "end", "script"}),
        ("married", {"unmarry"}),
        ("ended", {"resume"}),
        ("canceled", {"reopen"}),
        ("eloped", set()),
    ],
)
def test_the_verbs_that_fit_are_offered(desk, pair, status, offered):
    MatchHistory.objects.update(status=status, a_response="accepted", b_response="accepted")
    text = desk.get(page_of(pair)).text
    head = text[text.index('id="introduction"') : text.index('class="sides"')]
    links = {link.split('"')[0] for link in head.split(f'href="{page_of(pair)}')[1:]}
    assert {link.strip("/") for link in links} == offered


def test_who_may_not_change_is_offered_nothing(signed_in, pair, consultant):
    text = signed_in(consultant).get(page_of(pair)).text
    for absent in ("introduction_answer", "/answer/", "/cancel/", "/memo/"):
        assert absent not in text


@pytest.mark.parametrize("person", ["reviewer", "auditor", "outsider"])
def test_other_roles_may_not_see_it(signed_in, pair, person, request):
    assert signed_in(request.getfixturevalue(person)).get(page_of(pair)).status_code == 403


def test_unknown_malformed_and_deleted_ones_are_not_found(desk, pair):
    assert desk.get(reverse("matching:introduction", args=[new_id("mh")])).status_code == 404
    assert desk.get("/matching/mh_nonsense/").status_code == 404
    pair.delete()
    assert desk.get(page_of(pair)).status_code == 404


def test_it_is_only_read(desk, pair):
    assert desk.post(page_of(pair)).status_code == 405


def test_a_deleted_member_is_not_linked_for_who_may_not_restore(desk, signed_in, manager, pair):
    User.objects.filter(pk=pair.user_a_id).update(deleted_at=days_ago(1))
    link = reverse("users:detail", args=[pair.user_a_id])
    assert link not in desk.get(page_of(pair)).text
    assert link in signed_in(manager).get(page_of(pair)).text


def test_the_members_page_leads_to_it(desk, pair):
    text = desk.get(reverse("users:detail", args=[pair.user_a_id])).text
    assert page_of(pair) in text


def test_the_access_record_leads_to_it_for_who_may_see_it(signed_in, manager, auditor, pair):
    row = UserAccessAudit.objects.filter(resource_type="match_histories", resource_id=pair.pk)[0]
    url = reverse("users:audit_entry", args=[row.pk])
    assert page_of(pair) in signed_in(manager).get(url).text
    assert page_of(pair) not in signed_in(auditor).get(url).text


class TestCourse:
    def steps(self, desk, pair):
        return desk.get(page_of(pair)).context["steps"]

    def test_what_happened_what_stands_and_what_is_ahead(self, desk, pair):
        MatchHistory.objects.update(a_response="accepted", a_responded_at=days_ago(19))
        steps = self.steps(desk, pair)
        assert [step.at is not None for step in steps] == [True, True, True, False, False, False]
        assert [step.is_now for step in steps] == [False, True, False, False, False, False]
        answers = [step for step in steps if step.who]
        assert [step.who for step in answers] == [pair.user_a.name]

    def test_it_ends_where_it_was_closed(self, desk, pair, matchmaker):
        pair.cancel(by=matchmaker, reason="변심")
        last = self.steps(desk, pair)[-1]
        assert (last.is_now, last.note, last.at) == (True, "변심", pair.closed_at)

    @pytest.mark.parametrize("status", ["accepted", "dating", "confirmed"])
    def test_a_status_without_a_time_stands_too(self, desk, pair, status):
        MatchHistory.objects.update(status=status)
        assert [step for step in self.steps(desk, pair) if step.is_now]
