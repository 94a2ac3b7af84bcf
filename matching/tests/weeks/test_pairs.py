"""The pairs of a round as cards."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.models import MatchHistory, MatchWeek
from users.models import Action, UserAccessAudit, UserPhoto, UserSubscription
from ygs_admin.db.ids import new_id
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def page_of(week):
    return reverse("matching:week", args=[week.pk])


def shown(response):
    return [row["card"].pair.pk for row in response.context["page"].rows]


def test_the_best_pairs_come_first(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    response = client.get(page_of(in_review))
    assert shown(response) == [pair.pk for pair in pairs]
    card = response.context["page"].rows[0]["card"]
    assert (card.score, [person.score for person in card.people]) == (90, [95, 86])
    assert "김하나0" in response.text
    assert "이두리2" in response.text


@pytest.mark.parametrize(("order", "expected"), [("score", [2, 1, 0]), ("smaller", [2, 1, 0]), ("", [0, 1, 2])])
def test_pairs_are_sorted(client, matchmaker, in_review, pairs, order, expected):
    client.force_login(matchmaker)
    assert shown(client.get(page_of(in_review), {"sort": order})) == [pairs[at].pk for at in expected]


def test_the_longest_wait_comes_first(client, matchmaker, in_review, pairs, propose, eligible):
    now = timezone.now()
    for pair, weeks in zip(pairs, (1, 9, 5), strict=True):
        met = eligible(gender=pair.user_b.gender)
        introduced = now - timedelta(weeks=weeks, days=1)
        for user in (pair.user_a, pair.user_b):
            partner = met if user.gender != met.gender else eligible(gender=pair.user_a.gender)
            propose(user, partner, match_week=None, status="ended", introduced_at=introduced)
    client.force_login(matchmaker)
    response = client.get(page_of(in_review), {"sort": "waiting"})
    assert shown(response) == [pairs[at].pk for at in (1, 2, 0)]
    people = [row["card"].people for row in response.context["page"].rows]
    assert [[person.weeks_waiting for person in both] for both in people] == [[9, 9], [5, 5], [1, 1]]


def test_a_published_round_shows_the_wait_that_it_has_ended(client, matchmaker, in_review, pairs):
    now = timezone.now()
    UserSubscription.objects.update(starts_at=now - timedelta(weeks=6, days=1))
    MatchHistory.objects.update(status="introduced", introduced_at=now - timedelta(minutes=1))
    MatchWeek.objects.update(status="published", published_at=now)
    client.force_login(matchmaker)
    people = [row["card"].people for row in client.get(page_of(in_review)).context["page"].rows]
    assert {person.weeks_waiting for both in people for person in both} == {6}


def test_pairs_are_filtered(client, matchmaker, in_review, pairs):
    pairs[1].confirm(by=matchmaker)
    pairs[2].pin(by=matchmaker)
    MatchHistory.objects.filter(pk=pairs[0].pk).update(source="manual")
    client.force_login(matchmaker)
    for asked, at in (
        ({"manager": matchmaker.pk}, 1),
        ({"status": "confirmed"}, 1),
        ({"pinned": "on"}, 2),
        ({"source": "manual"}, 0),
        ({"q": "두리2"}, 2),
        ({"q": pairs[1].user_a_id}, 1),
    ):
        assert shown(client.get(page_of(in_review), asked)) == [pairs[at].pk], asked
    assert shown(client.get(page_of(in_review), {"q": "박"})) == []


def test_a_malformed_filter_is_left_out_and_said(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    response = client.get(page_of(in_review), {"status": "x\x00", "sort": "no", "page": "nonsense"})
    assert len(shown(response)) == len(pairs)


def test_pairs_come_a_page_at_a_time_whatever_the_order(client, matchmaker, in_review, eligible, propose):
    for at in range(30):
        propose(eligible(), eligible(), score=at % 7 / 10, score_a_to_b=0.5, score_b_to_a=None if at % 3 else 0.3)
    client.force_login(matchmaker)
    for order in ("", "score", "smaller", "waiting"):
        first = client.get(page_of(in_review), {"sort": order})
        second = client.get(first.context["page"].next_url)
        assert len({*shown(first), *shown(second)}) == 30, order
        assert shown(client.get(second.context["page"].previous_url)) == shown(first)


def test_whom_a_page_showed_is_on_record_once(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    client.get(page_of(in_review), {"q": "하나0"})
    row = UserAccessAudit.objects.get(action=Action.SEARCH)
    assert set(row.detail["user_ids"]) == {pairs[0].user_a_id, pairs[0].user_b_id}
    assert row.detail["asked"] == {"week": str(in_review), "list": "pairs", "q": "하*0"}
    assert not UserAccessAudit.objects.filter(action=Action.VIEW).exists()


def test_a_portrait_has_an_address_of_its_own(client, matchmaker, in_review, pairs):
    UserPhoto.objects.create(user=pairs[0].user_a, s3_key="photos/a", thumbnail_s3_key="photos/a-small")
    client.force_login(matchmaker)
    assert "photos/a-small" in client.get(page_of(in_review)).text


def test_a_page_of_cards_costs_the_same_however_many_there_are(client, matchmaker, in_review, eligible, propose):
    client.force_login(matchmaker)
    counts = []
    for more in (2, 20):
        for _each in range(more):
            propose(eligible(), eligible())
        with domain_queries() as queries:
            client.get(page_of(in_review))
        counts.append(len(queries))
    assert counts == [6, 6]


def test_the_two_way_table_unfolds_in_the_card_and_has_a_page(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    url = reverse("matching:week_pair", args=[in_review.pk, pairs[0].pk])
    part = client.get(url, headers={"HX-Request": "true", "HX-Target": f"why-{pairs[0].pk}"})
    assert "<html" not in part.text
    assert "1985–1992년생" in part.text
    assert "<html" in client.get(url).text
    rows = UserAccessAudit.objects.filter(action=Action.VIEW, resource_id=pairs[0].pk)
    assert {row.user_id for row in rows} == {pairs[0].user_a_id, pairs[0].user_b_id}


def test_a_pair_of_another_round_is_not_found(client, matchmaker, in_review, pairs, propose, couple):
    elsewhere = propose(*couple, match_week=None)
    client.force_login(matchmaker)
    for week_id, pair_id in ((in_review.pk, elsewhere.pk), (new_id("mw"), pairs[0].pk), (in_review.pk, new_id("mh"))):
        assert client.get(reverse("matching:week_pair", args=[week_id, pair_id])).status_code == 404
    assert client.get(f"{reverse('matching:weeks')}mw_nonsense/").status_code == 404
    assert client.get(reverse("matching:week", args=[new_id("mw")])).status_code == 404


def test_who_may_not_see_rounds_sees_no_pair(client, reviewer, auditor, in_review, pairs):
    for person in (reviewer, auditor):
        client.force_login(person)
        assert client.get(page_of(in_review)).status_code == 403
        assert client.get(reverse("matching:week_pair", args=[in_review.pk, pairs[0].pk])).status_code == 403


def test_who_may_not_change_pairs_is_offered_no_verb(client, consultant, matchmaker, in_review, pairs):
    for person, has_verbs in ((consultant, False), (matchmaker, True)):
        client.force_login(person)
        assert [bool(row["verbs"]) for row in client.get(page_of(in_review)).context["page"].rows] == [has_verbs] * 3
