"""One small URL a verb on a proposed pair."""

import pytest
from django.urls import reverse

from matching.models import ForbiddenPair, MatchHistory, WeekStatus
from matching.pair_verbs import PAIR_VERBS
from users.models import UserAccessAudit
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def url_of(key, pair):
    return reverse(f"matching:week_pair_{key.replace('-', '_')}", args=[pair.match_week_id, pair.pk])


def press(client, key, pair, **posted):
    return client.post(url_of(key, pair), posted, follow=True)


def undo_url(response):
    return next(message.extra_tags.split()[0].removeprefix("undo=") for message in response.context["messages"])


@pytest.mark.parametrize(
    ("key", "column", "after"),
    [("pin", "is_pinned", True), ("confirm", "status", "confirmed"), ("drop", "is_deleted", True)],
)
def test_a_verb_is_done_said_recorded_and_undone(client, matchmaker, pairs, key, column, after):
    pair, before = pairs[0], getattr(pairs[0], column)
    client.force_login(matchmaker)
    done = press(client, key, pair)
    assert getattr(MatchHistory.all_objects.get(pk=pair.pk), column) == after
    assert UserAccessAudit.objects.filter(resource_id=pair.pk, actor_id=matchmaker.pk).count() == 2
    assert pair.user_a.name in next(iter(done.context["messages"])).message
    client.post(undo_url(done))
    assert getattr(MatchHistory.all_objects.get(pk=pair.pk), column) == before


def test_a_pair_is_forbidden_for_a_reason_and_allowed_again(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    assert press(client, "forbid", pairs[0]).status_code == 422
    forbidden = press(client, "forbid", pairs[0], reason="같은 회사")
    assert MatchHistory.all_objects.get(pk=pairs[0].pk).is_deleted
    assert ForbiddenPair.objects.get().reason == "같은 회사"
    page = client.get(reverse("matching:week_forbidden", args=[in_review.pk]))
    assert "같은 회사" in page.text
    assert url_of("allow", pairs[0]) in page.text
    client.post(undo_url(forbidden))
    assert not ForbiddenPair.objects.exists()
    assert not MatchHistory.all_objects.get(pk=pairs[0].pk).is_deleted


@pytest.mark.parametrize("key", PAIR_VERBS)
def test_a_verb_has_a_page_that_asks(client, matchmaker, pairs, key):
    client.force_login(matchmaker)
    response = client.get(url_of(key, pairs[0]))
    assert response.status_code == 200
    assert f'action="{url_of(key, pairs[0])}"' in response.text


@pytest.mark.parametrize("key", PAIR_VERBS)
def test_a_verb_is_for_whoever_may_change_pairs(client, consultant, pairs, key):
    client.force_login(consultant)
    assert client.get(url_of(key, pairs[0])).status_code == 403
    assert press(client, key, pairs[0], reason="사유").status_code == 403


@pytest.mark.parametrize("key", PAIR_VERBS)
def test_a_verb_on_what_is_not_there_or_in_another_way(client, matchmaker, in_review, pairs, key):
    client.force_login(matchmaker)
    missing = MatchHistory(pk=new_id("mh"), match_week=in_review)
    assert press(client, key, missing, reason="사유").status_code == 404
    assert client.put(url_of(key, pairs[0])).status_code == 405


def test_a_verb_that_comes_too_late_says_why(client, matchmaker, in_review, pairs):
    in_review.status = WeekStatus.PUBLISHED
    in_review.save()
    client.force_login(matchmaker)
    refused = press(client, "pin", pairs[0])
    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert not MatchHistory.objects.get(pk=pairs[0].pk).is_pinned


def test_the_list_is_led_back_to_with_its_filters(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    here = f"{reverse('matching:week', args=[in_review.pk])}?sort=score"
    assert client.post(url_of("pin", pairs[0]), {"next": here}).url == here
    assert client.post(url_of("unpin", pairs[0]), {"next": "https://elsewhere.test/"}).url == here.partition("?")[0]


def test_pressed_twice_it_is_done_once(client, matchmaker, pairs):
    client.force_login(matchmaker)
    for _each in range(2):
        press(client, "confirm", pairs[0])
    assert UserAccessAudit.objects.filter(resource_id=pairs[0].pk).count() == 2
