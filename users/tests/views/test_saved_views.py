"""Saved views: kept from the list, opened, changed, shared, put in order, deleted."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from users.models import SavedView, UserAccessAudit
from users.models.saved_view import MOST_VIEWS
from users.views.saved_views.bar import url_of
from ygs_admin.db.ids import new_id
from ygs_admin.testing.queries import all_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

LIST = reverse("users:list")
NEW = reverse("users:view_new")
WAITING = {"status": "pending", "sort": "created_at"}


def keep(client, asked, **given):
    return client.post(f"{NEW}?{urlencode(asked)}", {"name": "오래 기다린 분", **given})


def url(name, view):
    return reverse(f"users:view_{name}", args=[view.pk])


@pytest.fixture
def view(reviewer):
    return SavedView.keep(owner=reviewer, name="오래 기다린 분", query=WAITING)


@pytest.fixture
def shared(manager):
    return SavedView.keep(owner=manager, name="정지 회원", query={"status": "suspended"}, is_shared=True)


def test_what_the_list_is_asked_is_kept_in_one_spelling(client, reviewer, make_member):
    waiting = make_member(status="pending")
    make_member(status="approved")
    client.force_login(reviewer)
    asked = WAITING | {"birth_year_min": "01990", "gender": "", "page": "x", "unknown": "1", "trash": "on"}
    answer = keep(client, asked, name="  오래   기다린 분 ")
    view = SavedView.objects.get()
    assert (view.name, view.owner, view.is_shared) == ("오래 기다린 분", reviewer, False)
    assert view.query == WAITING | {"birth_year_min": "1990"}
    page = client.get(answer.url)
    assert [user.pk for user in page.context["page"].rows] == [waiting.pk]
    assert page.context["views"].active.view == view
    assert not page.context["views"].is_changed


def test_a_malformed_value_and_the_usual_order_are_not_kept(client, reviewer):
    client.force_login(reviewer)
    keep(client, {"birth_year_min": "어제", "sort": "-created_at", "status": "pending"})
    assert SavedView.objects.get().query == {"status": "pending"}


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "010-1234-5678"},
        {"q": "5678"},
        {"q": "kim@naver.com"},
        {"q": "usr_01M862E5M53YAK3Q3EK4NQ81MK"},
        {"district": "01012345678"},
        {"status": "kim@naver.com"},
    ],
)
def test_a_search_for_a_contact_is_never_kept(client, reviewer, asked):
    client.force_login(reviewer)
    answer = keep(client, asked)
    assert answer.status_code == 422
    assert "저장하지 않습니다" in answer.text
    assert not SavedView.objects.exists()


def test_a_search_for_a_name_is_kept_to_oneself_alone(client, manager):
    client.force_login(manager)
    assert keep(client, {"q": "김철"}, is_shared="on").status_code == 422
    assert keep(client, {"q": "김철"}).status_code == 302
    view = SavedView.objects.get()
    assert client.post(url("edit", view), {"name": view.name, "is_shared": "on"}).status_code == 422
    assert not SavedView.objects.get().is_shared


def test_a_name_that_is_a_contact_is_refused(client, reviewer):
    client.force_login(reviewer)
    assert keep(client, WAITING, name="010-1234-5678").status_code == 422
    assert keep(client, WAITING, name="2026").status_code == 302


@pytest.mark.parametrize("name", ["", "   ", "가" * 61, "a\x00b"])
def test_a_name_is_asked_for(client, reviewer, name):
    client.force_login(reviewer)
    assert keep(client, WAITING, name=name).status_code == 422
    assert not SavedView.objects.exists()


def test_a_name_is_taken_once_for_each_owner(client, reviewer, manager, view):
    client.force_login(reviewer)
    answer = keep(client, {"gender": "female"})
    assert answer.status_code == 422
    assert "같은 이름" in answer.text
    client.force_login(manager)
    assert keep(client, {"gender": "female"}).status_code == 302


def test_there_is_a_most(client, reviewer):
    for number in range(MOST_VIEWS):
        SavedView.keep(owner=reviewer, name=f"보기 {number}", query=WAITING)
    client.force_login(reviewer)
    answer = keep(client, WAITING)
    assert answer.status_code == 422
    assert str(MOST_VIEWS) in answer.text


def test_a_changed_list_is_noticed_and_saved(client, reviewer, view):
    client.force_login(reviewer)
    changed = client.get(f"{url_of(view)}&gender=female")
    bar = changed.context["views"]
    assert bar.is_changed
    saved = client.post(bar.save_url, follow=True)
    assert not saved.context["views"].is_changed
    assert SavedView.objects.get().query == WAITING | {"gender": "female"}
    assert not client.get(f"{url_of(view)}&gender=female").context["views"].is_changed


def test_a_contact_does_not_come_in_by_a_change(client, reviewer, view):
    client.force_login(reviewer)
    page = client.post(f"{url('save', view)}?{urlencode(WAITING | {'q': '01012345678'})}", follow=True)
    assert "저장하지 않습니다" in page.text
    assert SavedView.objects.get().query == WAITING


def test_a_view_of_ones_own_is_nobody_elses(client, manager, view):
    client.force_login(manager)
    assert view.name not in client.get(LIST).text
    assert client.get(f"{LIST}?view={view.pk}").context["views"].active is None
    for name in ("edit", "delete"):
        assert client.get(url(name, view)).status_code == 404
    for name in ("edit", "save", "move", "delete"):
        assert client.post(url(name, view), {"name": "x"}).status_code == 404
    assert SavedView.objects.get().name == view.name


def test_a_shared_view_is_opened_by_all_and_changed_by_those_who_share(client, reviewer, superuser, shared):
    client.force_login(reviewer)
    assert shared.name in client.get(LIST).text
    bar = client.get(f"{url_of(shared)}&gender=male").context["views"]
    assert (bar.active.view, bar.is_changed, bar.save_url) == (shared, True, "")
    for name in ("edit", "save", "move", "delete"):
        assert client.post(url(name, shared), {"name": "x"}).status_code == 403
    client.force_login(superuser)
    assert client.post(url("edit", shared), {"name": "정지", "is_shared": "on"}).status_code == 302
    assert client.post(url("move", shared), {"way": "up"}).status_code == 403
    assert SavedView.objects.get().name == "정지"


def test_who_may_not_share_does_not(client, reviewer, view):
    client.force_login(reviewer)
    assert "is_shared" not in client.get(url("edit", view)).text
    client.post(url("edit", view), {"name": "새 이름", "is_shared": "on"})
    row = SavedView.objects.get()
    assert (row.name, row.is_shared) == ("새 이름", False)


def test_a_shared_view_of_the_trash_is_hidden_with_the_trash(client, manager, reviewer):
    view = SavedView.keep(owner=manager, name="삭제된 분", query={"trash": "on"}, is_shared=True)
    client.force_login(manager)
    assert view.name in client.get(LIST).text
    client.force_login(reviewer)
    assert view.name not in client.get(LIST).text


def test_a_deactivated_owners_shared_views_stay(client, reviewer, manager, shared):
    manager.is_active = False
    manager.save()
    client.force_login(reviewer)
    assert shared.name in client.get(LIST).text


def test_views_stand_in_the_order_that_their_owner_gave_them(client, reviewer):
    names = ["하나", "둘", "셋"]
    views = {name: SavedView.keep(owner=reviewer, name=name, query=WAITING) for name in names}
    client.force_login(reviewer)
    for name, way in [("셋", "up"), ("하나", "up"), ("둘", "down"), ("둘", "sideways")]:
        assert client.post(url("move", views[name]), {"way": way}).status_code == 302
    mine = client.get(LIST).context["views"].mine
    assert [entry.view.name for entry in mine] == ["하나", "셋", "둘"]


def test_a_view_is_deleted(client, reviewer, view):
    client.force_login(reviewer)
    assert view.name in client.get(url("delete", view)).text
    client.post(url("delete", view))
    assert not SavedView.objects.exists()
    assert client.post(url("delete", view)).status_code == 404


def test_a_view_that_is_not_there(client, reviewer):
    client.force_login(reviewer)
    for name in ("edit", "delete"):
        assert client.get(reverse(f"users:view_{name}", args=[new_id("svw")])).status_code == 404


def test_methods(client, reviewer, view):
    client.force_login(reviewer)
    assert client.get(url("save", view)).status_code == 405
    assert client.get(url("move", view)).status_code == 405
    assert client.post(reverse("users:views")).status_code == 405
    assert client.put(NEW).status_code == 405


def test_nobody_without_the_list(client, outsider, shared):
    client.force_login(outsider)
    assert client.get(reverse("users:views")).status_code == 403
    assert client.get(NEW).status_code == 403
    assert client.post(url("delete", shared)).status_code == 403


def test_views_are_nobodys_data(client, reviewer, view):
    client.force_login(reviewer)
    rows = UserAccessAudit.objects.count()
    client.get(reverse("users:views"))
    client.post(url("edit", view), {"name": "다른 이름"})
    client.post(url("delete", view))
    assert UserAccessAudit.objects.count() == rows


def test_the_list_pays_one_query_for_them(client, reviewer, shared):
    client.force_login(reviewer)
    client.get(LIST)
    counted = []
    for number in range(2):
        SavedView.keep(owner=reviewer, name=f"보기 {number}", query=WAITING)
        with all_queries() as queries:
            client.get(LIST)
        counted.append([query for query in queries if "console_saved_views" in query])
    assert [len(queries) for queries in counted] == [1, 1]


def test_the_results_alone_bring_the_bar_along(client, reviewer, view):
    client.force_login(reviewer)
    fragment = client.get(f"{url_of(view)}&gender=male", headers={"HX-Request": "true"}).text
    assert 'hx-swap-oob="true"' in fragment
    assert url("save", view) in fragment
