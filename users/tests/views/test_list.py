"""The members list."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from users.models import Action, UserAccessAudit, UserPhoto
from users.tests.reviewing import handed_in
from users.tests.subscribing import subscribed
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

LIST = reverse("users:list")


def names(response):
    return [user.name for user in response.context["page"].rows]


def test_newest_members_come_first(client, reviewer, make_member):
    make_member(name="김하나")
    make_member(name="이두리")
    client.force_login(reviewer)
    assert names(client.get(LIST)) == ["이두리", "김하나"]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("김처", "name"),
        ("철수", "name"),
        ("ㄱㅊㅅ", "initials"),
        ("ㅊㅅ", "initials"),
        ("5678", "phone_fragment"),
        ("010-1234-5678", "phone"),
        ("chul@na", "email"),
    ],
)
def test_what_is_typed_finds_the_member(client, reviewer, make_member, typed, kind):
    make_member(name="김철수", phone="01012345678", email="chul@naver.com")
    make_member(name="박영희", phone="01099990000", email="yh@daum.net")
    client.force_login(reviewer)
    response = client.get(LIST, {"q": typed})
    assert names(response) == ["김철수"]
    assert response.context["search_kind"] == kind


def test_an_id_is_an_exact_look_up(client, reviewer, make_member):
    wanted, _other = make_member(), make_member()
    client.force_login(reviewer)
    assert [user.pk for user in client.get(LIST, {"q": wanted.pk}).context["page"].rows] == [wanted.pk]


def test_those_of_whom_a_document_waits_are_found(client, reviewer, make_member):
    waiting, decided, deleted = make_member(name="김대기"), make_member(), make_member()
    for _ in range(2):
        handed_in(waiting)
    handed_in(decided, status="approved")
    handed_in(deleted).soft_delete(by=reviewer)
    make_member()
    client.force_login(reviewer)
    response = client.get(LIST, {"documents": "waiting"})
    assert names(response) == ["김대기"]
    assert response.context["page"].count == 1
    assert [chip["value"] for chip in response.context["active_filters"]] == ["검토 대기"]


def test_who_sees_no_documents_does_not_learn_of_them_by_the_filter(client, matchmaker, make_member):
    handed_in(make_member(name="김대기"))
    make_member(name="이두리")
    client.force_login(matchmaker)
    response = client.get(LIST, {"documents": "waiting"})
    assert names(response) == ["이두리", "김대기"]
    assert "documents" not in response.context["form"].fields


@pytest.mark.parametrize(
    ("asked", "found"), [("active", "김활동"), ("expired", "이만료"), ("none", "박없음"), ("dormant", "최특이")]
)
def test_members_are_found_by_their_subscription(client, matchmaker, make_member, asked, found):
    make_member(name="박없음")
    for name, status in (("김활동", "active"), ("이만료", "expired"), ("최특이", "dormant")):
        subscribed(make_member(name=name), status=status)
    client.force_login(matchmaker)
    assert names(client.get(LIST, {"subscription": asked})) == [found]


def test_a_deleted_subscription_is_none(client, manager, make_member):
    subscribed(make_member(name="김삭제")).soft_delete(by=manager)
    client.force_login(manager)
    assert names(client.get(LIST, {"subscription": "active"})) == []
    assert names(client.get(LIST, {"subscription": "none"})) == ["김삭제"]


def test_who_sees_no_subscriptions_does_not_learn_of_them_by_the_filter(client, auditor, make_member):
    subscribed(make_member())
    make_member()
    client.force_login(auditor)
    response = client.get(LIST, {"subscription": "active"})
    assert len(response.context["page"].rows) == 2
    assert "subscription" not in response.context["form"].fields


def test_numbers_that_end_in_four_typed_digits_come_first(client, reviewer, make_member):
    make_member(name="끝", phone="01011115678")
    make_member(name="가운데", phone="01056781111")
    client.force_login(reviewer)
    assert names(client.get(LIST, {"q": "5678"})) == ["끝", "가운데"]


def test_filters_narrow_together(client, reviewer, make_member):
    make_member(name="맞음", gender="female", birth_year=1993, status="approved", district="서울 강남구")
    make_member(name="다른구", gender="female", birth_year=1993, status="approved", district="부산 해운대구")
    make_member(name="남자", gender="male", birth_year=1993, status="approved", district="서울 강남구")
    client.force_login(reviewer)
    asked = {"gender": "female", "birth_year_min": "1990", "birth_year_max": "1995", "district": "서울"}
    assert names(client.get(LIST, asked | {"status": "approved"})) == ["맞음"]


def test_a_status_that_the_console_does_not_know_is_shown_and_filtered(client, reviewer, make_member):
    make_member(name="휴면", status="dormant")
    make_member(name="평범", status="approved")
    client.force_login(reviewer)
    response = client.get(LIST, {"status": "dormant"})
    assert names(response) == ["휴면"]
    assert "dormant" in response.text


@pytest.mark.parametrize(
    "bad", [{"birth_year_min": "어제"}, {"sort": "phone"}, {"status": "x" * 60}, {"page": "%%%"}, {"page": "bnVsbA"}]
)
def test_a_malformed_parameter_is_left_out(client, reviewer, make_member, bad):
    make_member(name="김하나")
    client.force_login(reviewer)
    response = client.get(LIST, bad)
    assert (response.status_code, names(response)) == (200, ["김하나"])


@pytest.mark.parametrize("sort", ["-created_at", "created_at", "name", "-name", "birth_year", "-birth_year"])
def test_pages_in_both_directions_show_everybody_once(client, reviewer, make_member, monkeypatch, sort):
    monkeypatch.setattr("users.views.members.PAGE_SIZE", 4)
    everybody = {make_member(birth_year=1990 + n % 3).pk for n in range(11)}
    client.force_login(reviewer)
    url, forward = f"{LIST}?sort={sort}", []
    while url:
        response = client.get(url)
        forward.append([user.pk for user in response.context["page"].rows])
        url = response.context["page"].next_url
    assert [len(page) for page in forward] == [4, 4, 3]
    assert {pk for page in forward for pk in page} == everybody
    back = client.get(response.context["page"].previous_url)
    assert [user.pk for user in back.context["page"].rows] == forward[1]
    first = client.get(back.context["page"].previous_url)
    assert [user.pk for user in first.context["page"].rows] == forward[0]
    assert first.context["page"].previous_url is None


def test_the_count_is_bounded(client, reviewer, make_member, monkeypatch):
    monkeypatch.setattr("ygs_admin.web.keyset.COUNT_BOUND", 3)
    monkeypatch.setattr("ygs_admin.web.listing.COUNT_BOUND", 3)
    for _ in range(5):
        make_member()
    client.force_login(reviewer)
    assert client.get(LIST).context["page"].count_label == "1–5 / 3+"


def test_the_page_costs_four_domain_queries_however_many_members(client, reviewer, make_member):
    client.force_login(reviewer)
    counted = []
    for _ in range(2):
        for _ in range(8):
            make_member()
        with domain_queries() as queries:
            client.get(LIST, {"q": "ㄱ", "gender": "male"})
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 4


def test_a_search_is_recorded_with_everybody_whom_it_showed(client, reviewer, make_member):
    shown = make_member(name="김철수", phone="01012345678")
    make_member(name="박영희")
    client.force_login(reviewer)
    client.get(LIST, {"q": "5678"})
    row = UserAccessAudit.objects.get(action=Action.SEARCH)
    assert (row.actor_id, row.detail["user_ids"]) == (reviewer.pk, [shown.pk])
    assert row.detail["asked"] == {"q": "phone_fragment"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("김철수", "김*수"), ("ㄱㅊㅅ", "ㄱㅊㅅ"), ("01012345678", "phone"), ("kim@naver.com", "email")],
)
def test_what_was_typed_is_recorded_as_the_record_keeps_everything(client, reviewer, typed, kept):
    client.force_login(reviewer)
    client.get(LIST, {"q": typed})
    assert UserAccessAudit.objects.get(action=Action.SEARCH).detail["asked"] == {"q": kept}


def test_contact_details_are_masked(client, reviewer, make_member):
    make_member(phone="01012345678", email="chulsoo@naver.com")
    client.force_login(reviewer)
    text = client.get(LIST).text
    assert "010-****-5678" in text
    assert "01012345678" not in text
    assert "chulsoo@naver.com" not in text


def test_deleted_members_are_in_the_trash_only_and_only_for_those_who_restore(client, reviewer, manager, make_member):
    make_member(name="삭제됨").soft_delete(by=None)
    make_member(name="김하나")
    client.force_login(reviewer)
    assert names(client.get(LIST, {"trash": "on"})) == ["김하나"]
    client.force_login(manager)
    assert names(client.get(LIST)) == ["김하나"]
    assert names(client.get(LIST, {"trash": "on"})) == ["삭제됨"]


def test_htmx_gets_the_results_alone(client, reviewer, make_member):
    make_member(name="김하나")
    client.force_login(reviewer)
    fragment = client.get(LIST, headers={"HX-Request": "true"}).text
    assert "김하나" in fragment
    assert "<html" not in fragment


def test_links_keep_the_filters(client, reviewer, make_member, monkeypatch):
    monkeypatch.setattr("users.views.members.PAGE_SIZE", 1)
    make_member(), make_member()
    client.force_login(reviewer)
    page = client.get(LIST, {"gender": "male", "sort": "name"}).context["page"]
    query = urlsplit(page.next_url).query
    assert "gender=male" in query
    assert "sort=name" in query


def test_nobody_without_permission(client, outsider):
    assert client.get(LIST).status_code == 302
    client.force_login(outsider)
    assert client.get(LIST).status_code == 403


def test_only_reading(client, reviewer):
    client.force_login(reviewer)
    assert client.post(LIST).status_code == 405


class TestWithoutNames:
    """The auditor: who may not read names does not learn them by searching or ordering either."""

    @pytest.fixture
    def member(self, make_member):
        return make_member(name="김철수", phone="01012345678", email="chulsoo@naver.com")

    def test_names_are_masked(self, client, auditor, member):
        client.force_login(auditor)
        text = client.get(LIST).text
        assert "김*수" in text
        assert "김철수" not in text

    @pytest.mark.parametrize("typed", ["김철수", "철", "ㄱㅊㅅ", "01012345678", "5678", "chulsoo@naver.com", "@naver"])
    def test_a_search_confirms_nothing(self, client, auditor, member, make_member, typed):
        other = make_member(name="박영희")
        client.force_login(auditor)
        response = client.get(LIST, {"q": typed})
        assert {user.pk for user in response.context["page"].rows} == {member.pk, other.pk}
        assert response.context["form"].errors["q"] == ["소속 권한으로는 ID로만 회원을 찾을 수 있습니다."]

    def test_an_id_finds(self, client, auditor, member, make_member):
        make_member()
        client.force_login(auditor)
        assert [user.pk for user in client.get(LIST, {"q": member.pk}).context["page"].rows] == [member.pk]

    @pytest.mark.parametrize("sort", ["name", "-name"])
    def test_the_order_of_names_is_not_offered(self, client, auditor, make_member, sort):
        make_member(name="김가나"), make_member(name="황하늘"), make_member(name="박영희")
        client.force_login(auditor)
        response = client.get(LIST, {"sort": sort})
        assert set(response.context["sort_links"]) == {"birth_year", "created_at"}
        assert names(response) == ["박영희", "황하늘", "김가나"]

    def test_what_other_permissions_are_for_is_not_in_the_row(self, client, auditor, make_member):
        UserPhoto.objects.create(user=make_member(district="부산 해운대구", job="교사"), s3_key="users/face.jpg")
        client.force_login(auditor)
        text = client.get(LIST).text
        for hidden in ("해운대", "교사", "face.jpg"):
            assert hidden not in text
