"""The access record's screen."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from users.models import Action, UserAccessAudit
from users.tests.recording import recorded
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

AUDIT = reverse("users:audit")
NOBODY = "usr_01M862E5M53YAK3Q3EK4NQ81MK"


@pytest.fixture
def looks(make_member, reviewer, matchmaker):
    """Who did what to whom, over three days."""
    chulsoo, younghee = make_member(name="김철수"), make_member(name="박영희")
    return {
        "viewed": recorded("view", by=reviewer, user_id=chulsoo.pk, at="2026-10-01 10:00", ip_address="192.0.2.7"),
        "listed": recorded("search", by=matchmaker, at="2026-10-02 10:00", detail={"user_ids": [chulsoo.pk, "usr_x"]}),
        "revealed": recorded("reveal", by=matchmaker, user_id=younghee.pk, at="2026-10-03 00:00", reason="전화 상담"),
        "exported": recorded("export", by=matchmaker, at="2026-10-03 23:59", resource_type="users", request_id="01REQ"),
        "failed": recorded("login_failed", at="2026-10-02 23:59"),
        "chulsoo": chulsoo,
        "younghee": younghee,
    }


@pytest.fixture
def shown(client, looks, manager):
    """Return a function that asks the screen as the manager, and says which of the rows it showed."""
    client.force_login(manager)
    names = {row.pk: name for name, row in looks.items()}

    def ask(**asked):
        response = client.get(AUDIT, asked)
        assert response.status_code == 200
        return [names[entry.row.pk] for entry in response.context["page"].rows if entry.row.pk in names]

    return ask


def test_the_newest_come_first_and_may_come_last(shown):
    newest = ["exported", "revealed", "failed", "listed", "viewed"]
    assert shown() == newest
    assert shown(sort="created_at") == newest[::-1]


def test_a_member_is_found_by_their_own_rows_and_by_the_lists_that_showed_them(shown, looks):
    assert shown(member=looks["chulsoo"].pk) == ["listed", "viewed"]
    assert shown(member=looks["younghee"].pk) == ["revealed"]
    assert shown(member=NOBODY) == []


def test_a_name_that_means_one_member_is_taken_for_that_member(shown):
    assert shown(member="박영희") == ["revealed"]


def test_a_name_that_means_several_asks_which(client, looks, manager, make_member):
    other = make_member(name="김철수")
    client.force_login(manager)
    response = client.get(AUDIT, {"member": "철수"})
    links = {choice["person"].id: choice["url"] for choice in response.context["candidates"]}
    assert set(links) == {other.pk, looks["chulsoo"].pk}
    assert response.context["page"].rows == []
    assert links[other.pk] == f"{AUDIT}?{urlencode({'member': other.pk})}"
    told = UserAccessAudit.objects.filter(action="search", actor_id=manager.pk).latest("id")
    assert set(told.detail["user_ids"]) == set(links)


@pytest.mark.parametrize("typed", ["matchmaker@ygs.test", "MATCHMAKER@ygs.test", "매니", "id"])
def test_staff_are_found_by_name_address_and_id(shown, matchmaker, typed):
    asked = matchmaker.pk if typed == "id" else typed
    assert shown(staff=asked) == ["exported", "revealed", "listed"]


def test_the_system_and_actors_without_an_account_are_found_as_they_stand(client, shown, manager):
    recorded("view", actor_id="app_7", at="2026-10-05 10:00")
    assert shown(staff="system") == ["failed"]
    assert [entry.row.actor_id for entry in client.get(AUDIT, {"staff": "app_7"}).context["page"].rows] == ["app_7"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"action": "reveal"}, ["revealed"]),
        ({"action": "taken_out"}, ["exported"]),
        ({"resource": "users"}, ["exported"]),
        ({"address": "192.0.2.7"}, ["viewed"]),
        ({"address": "::ffff:0:0"}, []),
        ({"request": "01REQ"}, ["exported"]),
        # Seoul's days, from midnight to midnight.
        ({"since": "2026-10-03"}, ["exported", "revealed"]),
        ({"until": "2026-10-02"}, ["failed", "listed", "viewed"]),
        ({"since": "2026-10-03", "until": "2026-10-03"}, ["exported", "revealed"]),
        ({"since": "2026-10-03", "action": "reveal", "staff": "매니저"}, ["revealed"]),
    ],
)
def test_filters_narrow_alone_and_together(shown, asked, found):
    period = {} if "since" in asked or "until" in asked else {"until": "2026-10-31"}
    assert shown(**asked, **period) == found


@pytest.mark.parametrize(
    "bad",
    [
        {"since": "어제"},
        {"until": "9999-12-31"},
        {"since": "0001-01-01"},
        {"sort": "actor_id"},
        {"page": "%%%"},
        {"action": "x" * 60},
    ],
)
def test_a_malformed_parameter_is_left_out(shown, bad):
    assert len(shown(**bad)) == 5


def test_pages_in_both_directions_show_every_row_once(client, manager, monkeypatch):
    monkeypatch.setattr("users.views.audit.record.PAGE_SIZE", 4)
    written = [recorded("view", by=manager, at="2026-10-01 10:00").pk for _ in range(11)]
    client.force_login(manager)
    asked = {"action": "view"}
    response, forward = client.get(AUDIT, asked), []
    while True:
        forward.append([entry.row.pk for entry in response.context["page"].rows])
        if response.context["page"].next_url is None:
            break
        response = client.get(response.context["page"].next_url)
    assert [key for page in forward for key in page] == written[::-1]
    back = client.get(response.context["page"].previous_url)
    assert [entry.row.pk for entry in back.context["page"].rows] == forward[1]


def test_names_are_masked_for_whom_they_do_not_concern(client, looks, auditor, manager):
    client.force_login(auditor)
    text = client.get(AUDIT).text
    assert "김*수" in text
    assert "김철수" not in text
    client.force_login(manager)
    assert "김철수" in client.get(AUDIT).text


def test_whoever_may_not_see_names_finds_nobody_by_them(client, looks, auditor):
    client.force_login(auditor)
    response = client.get(AUDIT, {"member": "김철수"})
    assert response.context["candidates"] == []
    assert response.context["form"].errors["member"]
    asked = {"member": looks["chulsoo"].pk, "action": "view"}
    assert client.get(AUDIT, asked).context["page"].count == 1


def test_of_a_deleted_member_the_id_is_shown_to_who_may_not_restore(client, looks, auditor, manager):
    looks["chulsoo"].soft_delete(by=manager)
    client.force_login(auditor)
    text = client.get(AUDIT, {"action": "view"}).text
    assert "김*수" not in text
    assert looks["chulsoo"].pk in text


def test_a_look_at_the_record_is_recorded_once_with_those_whom_it_named(client, looks, manager):
    client.force_login(manager)
    response = client.get(AUDIT, {"member": looks["chulsoo"].pk, "action": "view"})
    told = UserAccessAudit.objects.get(action=Action.SEARCH, request_id=response["X-Request-ID"])
    assert told.resource_type == "user_access_audits"
    assert told.detail == {
        "asked": {"member": looks["chulsoo"].pk, "action": "view"},
        "user_ids": [looks["chulsoo"].pk],
    }


def test_a_contact_that_was_typed_is_kept_by_its_kind_only(client, manager):
    client.force_login(manager)
    response = client.get(AUDIT, {"member": "010-1234-5678"})
    told = UserAccessAudit.objects.get(request_id=response["X-Request-ID"])
    assert told.detail["asked"] == {"member": "phone"}


def test_the_page_costs_as_many_queries_however_many_rows(client, manager, make_member):
    client.force_login(manager)
    counted = []
    for _ in range(2):
        for _ in range(8):
            recorded("view", by=manager, user_id=make_member().pk)
        with domain_queries() as queries:
            client.get(AUDIT, {"action": "view"})
        counted.append(len(queries))
    assert counted == [5, 5]


def test_htmx_gets_the_results_alone(client, manager):
    client.force_login(manager)
    assert "<html" not in client.get(AUDIT, headers={"HX-Request": "true"}).text
    restored = client.get(AUDIT, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.text


@pytest.mark.parametrize("role", ["reviewer", "matchmaker", "consultant", "outsider"])
def test_other_roles_may_not(client, request, role, looks):
    client.force_login(request.getfixturevalue(role))
    assert client.get(AUDIT).status_code == 403
    assert client.get(reverse("users:audit_entry", args=[looks["viewed"].pk])).status_code == 403


def test_the_method_is_get(client, manager, looks):
    client.force_login(manager)
    assert client.post(AUDIT).status_code == 405
    assert client.post(reverse("users:audit_entry", args=[looks["viewed"].pk])).status_code == 405


def test_the_audit_is_the_place_where_one_is_and_members_is_not(client, auditor):
    client.force_login(auditor)
    active = [item["key"] for item in client.get(AUDIT).context["nav_items"] if item["active"]]
    assert active == ["users:audit"]


def test_a_members_page_and_an_accounts_lead_into_the_record(client, manager, looks, reviewer):
    client.force_login(manager)
    member = looks["chulsoo"]
    assert f'{AUDIT}?member={member.pk}"' in client.get(reverse("users:detail", args=[member.pk])).text
    assert f'{AUDIT}?staff={reviewer.pk}"' in client.get(reverse("staff:account", args=[reviewer.pk])).text


# One row in full


def entry(client, row, **headers):
    return client.get(reverse("users:audit_entry", args=[row.pk]), headers=headers)


def test_a_change_is_shown_as_it_was_kept(client, manager, make_member):
    member = make_member()
    row = recorded("update", by=manager, user_id=member.pk, detail={"phone": ["010-****-1111", "010-****-2222"]})
    client.force_login(manager)
    response = entry(client, row)
    assert response.context["shown"].changes == [("phone", "010-****-1111", "010-****-2222")]
    assert "010-****-2222" in response.text


def test_the_people_of_a_page_are_named_up_to_forty(client, manager, make_member):
    members = [make_member(name=f"이름{n:02}").pk for n in range(42)]
    row = recorded("search", by=manager, detail={"asked": {"q": "이름"}, "user_ids": members})
    client.force_login(manager)
    response = entry(client, row)
    assert [person.id for person in response.context["shown"].people] == members[:40]
    assert response.context["shown"].left_out == 2
    assert "이름39" in response.text
    assert "이름40" not in response.text
    told = UserAccessAudit.objects.get(request_id=response["X-Request-ID"])
    assert (told.action, told.resource_id, told.detail["user_ids"]) == ("view", row.pk, members[:40])


@pytest.mark.parametrize(
    "detail", [None, [], "text", 7, {"user_ids": "usr_x"}, {"user_ids": [1, None]}, {"a": [1, [2]]}]
)
def test_whatever_the_backend_keeps_there_is_shown(client, manager, detail):
    client.force_login(manager)
    row = recorded("teleport", by=manager, detail=detail, user_id=NOBODY)
    assert entry(client, row).status_code == 200
    assert client.get(AUDIT).status_code == 200


def test_htmx_unfolds_a_row(client, manager, looks):
    client.force_login(manager)
    assert "<html" not in entry(client, looks["viewed"], **{"HX-Request": "true"}).text


def test_a_row_that_is_not_there(client, manager):
    client.force_login(manager)
    assert client.get(f"{AUDIT}aud_01M862E5M53YAK3Q3EK4NQ81MK/").status_code == 404
    assert client.get(f"{AUDIT}aud_nonsense/").status_code == 404
