"""The candidates page and what is done from it."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from matching.models import ForbiddenPair, MatchHistory, MatchWeek
from users.models import User, UserAccessAudit, UserPreference, UserSubscription
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

NOBODY = "usr_01HZZZZZZZZZZZZZZZZZZZZZZZ"
PAGES = ("list", "why_not")


def url(name, member, *others):
    query = "&".join(f"with={other if isinstance(other, str) else other.pk}" for other in others)
    return reverse(f"candidates:{name}", args=[member.pk]) + (f"?{query}" if query else "")


def shown(response):
    return [row.member.pk for row in response.context["page"].rows]


def forbid(first, second, staff):
    year, number, _day = timezone.localdate().isocalendar()
    week = MatchWeek.open(by=None, iso_year=year, iso_week=number)
    a, b = sorted((first.pk, second.pk))
    ForbiddenPair.objects.create(week=week, user_a_id=a, user_b_id=b, staff=staff, reason="가족")


# The list


def test_the_best_come_first_and_are_on_the_record(client, matchmaker, member, eligible):
    plain, learned = eligible(education="high_school"), eligible(education="master")
    client.force_login(matchmaker)
    response = client.get(url("list", member), {"age_min": "20"})
    assert shown(response) == [learned.pk, plain.pk]
    row = UserAccessAudit.objects.filter(action="search", actor_id=matchmaker.pk).get()
    assert row.detail["user_ids"] == [member.pk, learned.pk, plain.pk]
    assert row.detail["asked"] == {"age_min": "20", "candidates": member.pk}


def test_filters_narrow_the_list(client, matchmaker, member, eligible):
    young = eligible(birth_year=1995, education="master", district="서울 강남구")
    older = eligible(birth_year=1990, education="high_school", district="부산 해운대구")
    client.force_login(matchmaker)
    year = timezone.localdate().year
    for asked, expected in (
        ({"age_max": year - 1995}, [young]),
        ({"age_min": year - 1990}, [older]),
        ({"district": "서울"}, [young]),
        ({"education": "bachelor"}, [young]),
        ({"score": 100}, []),
        ({"weeks": 100}, []),
        ({"weeks": "many"}, [young, older]),
    ):
        assert shown(client.get(url("list", member), asked)) == [each.pk for each in expected], asked


def test_the_results_alone_are_served_to_htmx(client, matchmaker, member):
    client.force_login(matchmaker)
    response = client.get(url("list", member), headers={"HX-Request": "true", "HX-Target": "results"})
    assert "<html" not in response.text


def test_pages_are_turned(client, matchmaker, member, eligible, monkeypatch):
    monkeypatch.setattr("matching.views.candidates.candidates.PAGE_SIZE", 2)
    for _ in range(3):
        eligible()
    client.force_login(matchmaker)
    first = client.get(url("list", member))
    second = client.get(first.context["page"].next_url)
    assert (len(shown(first)), len(shown(second))) == (2, 1)
    assert set(shown(first)).isdisjoint(shown(second))
    assert second.context["page"].count_label == "3–3 / 3"
    assert shown(client.get(second.context["page"].previous_url)) == shown(first)
    assert shown(client.get(url("list", member), {"page": "worn-out"})) == shown(first)


def test_why_the_member_may_not_be_introduced_is_said(client, matchmaker, member, eligible):
    woman = eligible()
    UserSubscription.objects.filter(user=member).update(status="paused")
    client.force_login(matchmaker)
    response = client.get(url("list", member))
    assert [reason.code for reason in response.context["reasons"]] == ["paused"]
    assert shown(response) == [woman.pk]


def test_the_list_costs_as_many_queries_however_many_candidates(client, matchmaker, member, eligible):
    client.force_login(matchmaker)
    counted = []
    for _ in range(2):
        for _ in range(4):
            eligible()
        with domain_queries() as queries:
            client.get(url("list", member))
        counted.append(len(queries))
    assert counted == [23, 23]


def test_the_members_page_leads_there(client, matchmaker, reviewer, member):
    client.force_login(matchmaker)
    assert url("list", member) in client.get(reverse("users:detail", args=[member.pk])).text
    client.force_login(reviewer)
    assert url("list", member) not in client.get(reverse("users:detail", args=[member.pk])).text


# Side by side, and why not


def test_two_are_compared(client, matchmaker, member, eligible):
    first, second = eligible(education="master"), eligible(birth_year=1980)
    client.force_login(matchmaker)
    columns = client.get(url("compare", member, first, second)).context["columns"]
    assert [column.member.pk for column in columns] == [first.pk, second.pk]
    assert [bool(column.obstacles) for column in columns] == [False, True]
    row = UserAccessAudit.objects.filter(action="search", actor_id=matchmaker.pk).get()
    assert row.detail["user_ids"] == [member.pk, first.pk, second.pk]


@pytest.mark.parametrize("many", [0, 4])
def test_two_or_three_are_compared_and_no_more(client, matchmaker, member, eligible, many):
    client.force_login(matchmaker)
    assert client.get(url("compare", member, *(eligible() for _ in range(many)))).status_code == 404


def test_anybody_is_found_and_every_obstacle_said(client, matchmaker, member, eligible):
    other = eligible(name="이영희", birth_year=1980, preference={"height_min": 185, "must_have": ["height"]})
    User.objects.filter(pk=other.pk).update(status="suspended")
    client.force_login(matchmaker)
    found = client.get(url("why_not", member), {"q": "이영희"})
    assert [each.pk for each in found.context["found"]] == [other.pk]
    sentences = client.get(url("why_not", member, other)).context["verdict"].obstacles
    assert len(sentences) == 3
    assert sum("이영희" in sentence for sentence in sentences) == 2
    assert any("1980" in sentence for sentence in sentences)
    assert any("178" in sentence and "185" in sentence for sentence in sentences)


def test_a_possible_pair_is_said_to_be_one_with_its_score(client, matchmaker, member, eligible):
    client.force_login(matchmaker)
    verdict = client.get(url("why_not", member, eligible(education="master"))).context["verdict"]
    assert verdict.obstacles == []
    assert verdict.table.score > 0


def test_two_of_one_gender_have_no_score(client, matchmaker, member, eligible):
    client.force_login(matchmaker)
    verdict = client.get(url("why_not", member, eligible(gender="male"))).context["verdict"]
    assert (len(verdict.obstacles), verdict.table) == (1, None)


def test_introducing_is_offered_where_nothing_but_wishes_stands_against_it(client, matchmaker, member, eligible):
    unwished, busy, forbidden = eligible(birth_year=1970), eligible(), eligible()
    UserSubscription.objects.filter(user=busy).update(status="paused")
    forbid(member, forbidden, matchmaker)
    client.force_login(matchmaker)
    for other, is_offered in ((unwished, True), (busy, False), (forbidden, False), (eligible(gender="male"), False)):
        introduce = url("introduce", member, other)
        for page in (url("why_not", member, other), url("compare", member, other)):
            assert (introduce in client.get(page).text) is is_offered, page
        asked = client.get(introduce)
        assert asked.context["verdict"].obstacles
        assert ('<form class="confirm"' in asked.text) is is_offered


def test_nobody_is_offered_to_whoever_may_not_be_introduced(client, matchmaker, member, eligible):
    other = eligible()
    client.force_login(matchmaker)
    assert url("introduce", member, other) in client.get(url("list", member)).text
    UserSubscription.objects.filter(user=member).update(status="paused")
    for headers in ({}, {"HX-Request": "true", "HX-Target": "results"}):
        page = client.get(url("list", member), headers=headers)
        assert shown(page) == [other.pk]
        assert url("introduce", member, other) not in page.text


def test_what_is_not_stated_and_too_low_a_score_are_said(client, matchmaker, member, eligible):
    UserPreference.objects.filter(pk=member.pk).update(must_have=["education"])
    client.force_login(matchmaker)
    silent = client.get(url("why_not", member, eligible(education=None))).context["verdict"]
    assert len(silent.obstacles) == 1
    far = eligible(birth_year=1970, preference={"birth_year_min": 2000, "height_min": 199})
    UserPreference.objects.filter(pk=member.pk).update(must_have=[])
    assert client.get(url("why_not", member, far)).context["verdict"].obstacles


# Introducing


def test_introducing_uses_one_of_each_and_can_be_taken_back(client, matchmaker, member, eligible):
    other = eligible()
    client.force_login(matchmaker)
    assert client.get(url("introduce", member, other)).status_code == 200
    response = client.post(url("introduce", member, other), follow=True)
    pair = MatchHistory.objects.get()
    assert (pair.status, pair.source, pair.match_week_id, pair.matchmaker_id) == (
        "introduced",
        "manual",
        None,
        matchmaker.pk,
    )
    assert pair.score > 0
    assert pair.explanation["score"] == pair.score
    assert set(UserSubscription.objects.values_list("introductions_used", flat=True)) == {1}
    assert set(UserAccessAudit.objects.filter(action="match").values_list("user_id", flat=True)) == {
        member.pk,
        other.pk,
    }
    take_back = reverse("candidates:take_back", args=[member.pk, pair.pk])
    assert take_back in response.text
    client.post(take_back)
    pair.refresh_from_db()
    assert pair.status == "canceled"
    assert set(UserSubscription.objects.values_list("introductions_used", flat=True)) == {0}


def test_pressed_twice_they_are_introduced_once(client, matchmaker, member, eligible):
    other = eligible()
    client.force_login(matchmaker)
    for _ in range(2):
        client.post(url("introduce", member, other))
    assert MatchHistory.objects.filter(status="introduced").count() == MatchHistory.all_objects.count() == 1
    assert set(UserSubscription.objects.values_list("introductions_used", flat=True)) == {1}


def test_a_pair_that_waits_in_a_round_is_taken_for_it(client, matchmaker, member, eligible):
    other = eligible()
    year, number, _day = timezone.localdate().isocalendar()
    week = MatchWeek.open(by=None, iso_year=year, iso_week=number)
    a, b = sorted((member.pk, other.pk))
    waiting = MatchHistory.objects.create(match_week=week, user_a_id=a, user_b_id=b, source="engine")
    client.force_login(matchmaker)
    client.post(url("introduce", member, other))
    assert list(MatchHistory.objects.values_list("pk", "status")) == [(waiting.pk, "introduced")]


def test_a_refusal_leaves_nothing_behind(client, matchmaker, member, eligible):
    other = eligible()
    UserSubscription.objects.filter(user=other).update(introductions_used=5, introductions_total=5)
    client.force_login(matchmaker)
    response = client.post(url("introduce", member, other), follow=True)
    assert "flash-error" in response.text
    assert not MatchHistory.all_objects.exists()
    assert set(UserSubscription.objects.values_list("introductions_used", flat=True)) == {0, 5}


def test_what_nobody_may_overrule_is_refused_with_its_reason(client, matchmaker, member, eligible):
    other = eligible()
    forbid(member, other, matchmaker)
    client.force_login(matchmaker)
    refused = client.post(url("introduce", member, other), follow=True)
    assert ["금지" in message.message for message in refused.context["messages"]] == [True]
    assert not MatchHistory.all_objects.exists()


def test_two_of_one_gender_are_not_introduced(client, matchmaker, member, eligible):
    client.force_login(matchmaker)
    client.post(url("introduce", member, eligible(gender="male")))
    assert not MatchHistory.all_objects.exists()


# Who may, and what is not there


@pytest.mark.parametrize("name", ["list", "why_not", "compare", "introduce"])
def test_roles_that_do_not_match_are_refused(client, reviewer, auditor, outsider, member, eligible, name):
    other = eligible()
    for person in (reviewer, auditor, outsider):
        client.force_login(person)
        assert client.get(url(name, member, other)).status_code == 403


def test_whoever_may_look_may_not_introduce(client, consultant, member, eligible):
    other = eligible()
    client.force_login(consultant)
    assert url("introduce", member, other) not in client.get(url("list", member)).text
    assert client.post(url("introduce", member, other)).status_code == 403
    assert not MatchHistory.all_objects.exists()


def test_wishes_are_for_those_who_may_read_them(client, outsider, member):
    outsider.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "view_matchhistory"]))
    client.force_login(outsider)
    assert client.get(url("list", member)).status_code == 403


@pytest.mark.parametrize("name", ["list", "why_not", "compare", "introduce"])
def test_members_who_are_not_there(client, matchmaker, member, eligible, name):
    client.force_login(matchmaker)
    other = eligible()
    missing = reverse(f"candidates:{name}", args=[NOBODY])
    assert client.get(f"{missing}?with={other.pk}").status_code == 404
    for wrong in (NOBODY, "usr_1", member.pk, "mh_01HZZZZZZZZZZZZZZZZZZZZZZZ"):
        if name != "list":
            assert client.get(url(name, member, wrong)).status_code == 404
    member.soft_delete(by=None)
    assert client.get(url(name, member, other)).status_code == 404


def test_only_reading_and_only_posting(client, matchmaker, member, eligible):
    client.force_login(matchmaker)
    other = eligible()
    for name in ("list", "why_not", "compare"):
        assert client.post(url(name, member, other)).status_code == 405
    client.post(url("introduce", member, other))
    pair = MatchHistory.objects.get()
    take_back = reverse("candidates:take_back", args=[member.pk, pair.pk])
    assert client.get(take_back).status_code == 405
    assert client.post(reverse("candidates:take_back", args=[eligible().pk, pair.pk])).status_code == 404
