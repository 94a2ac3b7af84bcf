"""Swapping partners, adding a pair by hand, confirming all: the pages."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from matching.models import MatchHistory
from users.models import Action, UserAccessAudit

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def pairs_of(week):
    return {frozenset(pair) for pair in MatchHistory.objects.of_week(week).values_list("user_a_id", "user_b_id")}


def man_and_woman(pair):
    return sorted(pair.user_ids, key=lambda key: key != _man(pair))


def _man(pair):
    return next(user.pk for user in (pair.user_a, pair.user_b) if user.gender == "male")


def test_two_pairs_exchange_partners_and_back(client, matchmaker, in_review, pairs):
    before = pairs_of(in_review)
    client.force_login(matchmaker)
    choose = client.get(reverse("matching:week_swap", args=[in_review.pk, pairs[0].pk]))
    assert [row["card"].pair.pk for row in choose.context["rows"]] == [pairs[2].pk, pairs[1].pk]
    url = choose.context["rows"][0]["url"]
    assert url in choose.text
    asks = client.get(url)
    assert "김하나0 – 이두리2" in asks.text
    swapped = client.post(url, follow=True)
    assert swapped.request["PATH_INFO"] == reverse("matching:week", args=[in_review.pk])
    (man, woman), (other_man, other_woman) = map(man_and_woman, (pairs[0], pairs[2]))
    assert {frozenset({man, other_woman}), frozenset({other_man, woman})} <= pairs_of(in_review)
    undo = next(iter(swapped.context["messages"])).extra_tags.split()[0].removeprefix("undo=")
    client.post(undo)
    assert pairs_of(in_review) == before


def test_the_other_pair_is_found_by_a_member(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    choose = client.get(reverse("matching:week_swap", args=[in_review.pk, pairs[0].pk]), {"q": "하나1"})
    assert [row["card"].pair.pk for row in choose.context["rows"]] == [pairs[1].pk]
    row = UserAccessAudit.objects.get(action=Action.SEARCH)
    assert set(row.detail["user_ids"]) == {*pairs[0].user_ids, *pairs[1].user_ids}


def test_a_pair_does_not_swap_with_itself(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    url = reverse("matching:week_swap_with", args=[in_review.pk, pairs[0].pk, pairs[0].pk])
    assert client.post(url).status_code == 404


def test_a_swap_that_is_refused_says_why(client, matchmaker, in_review, pairs, propose):
    (man, _woman), (_other_man, other_woman) = map(man_and_woman, pairs[:2])
    first, second = sorted((man, other_woman))
    MatchHistory.objects.create(user_a_id=first, user_b_id=second, source="manual", introduced_at=in_review.created_at)
    before = pairs_of(in_review)
    client.force_login(matchmaker)
    url = reverse("matching:week_swap_with", args=[in_review.pk, pairs[0].pk, pairs[1].pk])
    refused = client.post(url, follow=True)
    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert pairs_of(in_review) == before


def test_a_pair_is_made_by_hand_in_two_steps(client, matchmaker, in_review, eligible):
    man, woman, other_man = eligible(name="김철수"), eligible(name="박영희"), eligible(name="박영호")
    client.force_login(matchmaker)
    url = reverse("matching:week_add", args=[in_review.pk])
    assert client.get(url).context["rows"] == []
    ((found, next_url),) = client.get(url, {"q": "철수"}).context["rows"]
    assert found == man
    second = client.get(next_url, {"first": man.pk, "q": "박영"})
    assert [member.pk for member, _url in second.context["rows"]] == [woman.pk]
    assert other_man.name not in second.text
    confirm_url = second.context["rows"][0][1]
    assert "김철수 – 박영희" in client.get(confirm_url).text
    added = client.post(confirm_url, follow=True)
    assert pairs_of(in_review) == {frozenset({man.pk, woman.pk})}
    undo = next(iter(added.context["messages"])).extra_tags.split()[0].removeprefix("undo=")
    client.post(undo)
    assert pairs_of(in_review) == set()


def test_what_stands_against_a_pair_is_said_before_it_is_made(client, matchmaker, in_review, eligible, couple):
    man, woman = couple
    suspended = eligible(gender="male", name="정지된분", status="suspended")
    client.force_login(matchmaker)
    url = reverse("matching:week_add", args=[in_review.pk])
    for first, names in ((man, []), (suspended, ["정지된분"])):
        page = client.get(url, {"first": first.pk, "second": woman.pk})
        assert [name for name, _why in page.context["made"].obstacles] == names
        assert ('<form class="confirm"' in page.text) is (names == [])


def test_two_of_one_gender_are_said_not_to_be_a_pair(client, matchmaker, in_review, eligible):
    first, second = eligible(gender="male"), eligible(gender="male")
    client.force_login(matchmaker)
    page = client.get(reverse("matching:week_add", args=[in_review.pk]), {"first": first.pk, "second": second.pk})
    ((_name, why),) = page.context["made"].obstacles
    assert why in page.text
    assert '<form class="confirm"' not in page.text


def test_wishes_that_a_pair_would_overrule_are_said(client, matchmaker, in_review, eligible):
    tall = {"height_min": 190, "must_have": ["height"]}
    woman, man = eligible(gender="female", name="박영희", preference=tall), eligible(gender="male", height=170)
    client.force_login(matchmaker)
    page = client.get(reverse("matching:week_add", args=[in_review.pk]), {"first": man.pk, "second": woman.pk})
    (said,) = page.context["made"].wishes
    assert "박영희" in said
    assert "190" in said
    assert said in page.text
    assert page.context["made"].obstacles == []


def test_what_stands_against_the_pairs_of_a_swap_is_said_before_it_is_made(
    client, matchmaker, in_review, eligible, propose
):
    tall = {"height_min": 190, "must_have": ["height"]}
    men = [eligible(gender="male", name=f"김하나{at}", height=170 + 20 * at) for at in range(2)]
    women = [eligible(gender="female", name="박느긋"), eligible(gender="female", name="박영희", preference=tall)]
    first, second = (propose(man, woman) for man, woman in zip(men, women, strict=True))
    client.force_login(matchmaker)
    url = reverse("matching:week_swap_with", args=[in_review.pk, first.pk, second.pk])
    page = client.get(url)
    (said,) = page.context["after"][0].wishes
    assert (page.context["after"][0].title, page.context["after"][1].wishes) == ("김하나0 – 박영희", [])
    assert said in page.text
    assert '<form class="confirm"' in page.text
    first, second = sorted((men[0].pk, women[1].pk))
    MatchHistory.objects.create(user_a_id=first, user_b_id=second, source="manual", introduced_at=in_review.created_at)
    refused = client.get(url)
    assert '<form class="confirm"' not in refused.text
    assert "이미 서로 소개된" in refused.text


def test_a_way_that_began_on_a_filtered_list_ends_there(client, matchmaker, in_review, pairs, eligible):
    here = f"{reverse('matching:week', args=[in_review.pk])}?order=worst"
    man, woman = eligible(gender="male", name="김철수"), eligible(gender="female", name="박영희")
    client.force_login(matchmaker)
    adding = client.get(client.get(here).context["frame"]["add_url"], {"q": "철수", "next": here})
    second = client.get(adding.context["rows"][0][1])
    assert 'name="next"' in second.text
    added = client.post(
        reverse("matching:week_add", args=[in_review.pk])
        + "?"
        + urlencode({"first": man.pk, "second": woman.pk, "next": here})
    )
    swapping = client.get(reverse("matching:week_swap", args=[in_review.pk, pairs[0].pk]), {"next": here})
    swapped = client.post(swapping.context["rows"][0]["url"])
    assert added.url == swapped.url == here


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_no_way_leads_out_of_the_console(client, matchmaker, in_review, pairs, elsewhere):
    client.force_login(matchmaker)
    swapping = client.get(reverse("matching:week_swap", args=[in_review.pk, pairs[0].pk]), {"next": elsewhere})
    assert swapping.context["back_url"] == reverse("matching:week", args=[in_review.pk])


def test_a_pair_that_may_not_be_made_says_why(client, matchmaker, in_review, pairs, eligible):
    taken, woman = pairs[0].user_a, eligible(gender="female" if pairs[0].user_a.gender == "male" else "male")
    client.force_login(matchmaker)
    url = f"{reverse('matching:week_add', args=[in_review.pk])}?first={taken.pk}&second={woman.pk}"
    refused = client.post(url, follow=True)
    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert len(pairs_of(in_review)) == 3


@pytest.mark.parametrize("query", ["first=usr_x", "first=%00", "second=", "first=usr_01ARZ3NDEKTSV4RRFFQ69G5FAV"])
def test_whoever_is_not_there_is_not_found(client, matchmaker, in_review, query):
    client.force_login(matchmaker)
    url = f"{reverse('matching:week_add', args=[in_review.pk])}?{query}"
    assert client.get(url).status_code == client.post(url).status_code == 404


def test_all_are_confirmed_at_once(client, matchmaker, in_review, pairs):
    client.force_login(matchmaker)
    url = reverse("matching:week_confirm_all", args=[in_review.pk])
    assert "확정" in client.get(url).text
    assert "모든 짝을 확정했습니다." in client.post(url, follow=True).text
    assert set(MatchHistory.objects.of_week(in_review).values_list("status", flat=True)) == {"confirmed"}
    assert "확정할 짝이 없습니다." in client.post(url, follow=True).text


def test_changing_pairs_is_for_whoever_may(client, consultant, in_review, pairs):
    client.force_login(consultant)
    for name, args in (
        ("week_add", [in_review.pk]),
        ("week_confirm_all", [in_review.pk]),
        ("week_swap", [in_review.pk, pairs[0].pk]),
        ("week_swap_with", [in_review.pk, pairs[0].pk, pairs[1].pk]),
    ):
        assert client.get(reverse(f"matching:{name}", args=args)).status_code == 403, name
