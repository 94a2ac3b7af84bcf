"""The staff screen: who is listed, what a manager may do to whom, and what the record keeps of it."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import Authenticator, Staff
from ygs_admin.staff.models.standing import StandingRefusedError
from ygs_admin.testing.personas import make_staff, set_up_authenticator

pytestmark = pytest.mark.django_db

VERBS = ("deactivate", "reactivate", "reset_second_factor", "end_sessions", "unlock")
UNKNOWN = "stf_01M862E5M53YAK3Q3EK4NQ81MK"


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


def url(name, staff):
    return reverse(f"staff:{name}", args=[staff.pk])


def history():
    return [row.detail for row in UserAccessAudit.objects.filter(action=Action.PERMISSION_CHANGE).order_by("id")]


class TestList:
    def test_everybody_is_listed_with_their_second_factor(self, desk, kim, reviewer):
        rows = {row["staff"].pk: row for row in desk.get(reverse("staff:list")).context["rows"]}
        assert rows[kim.pk]["staff"].has_app
        assert not rows[reviewer.pk]["staff"].has_app

    @pytest.mark.parametrize("asked", ["kim", "KIM@ygs", "{pk}"])
    def test_a_search_finds_by_name_address_and_id(self, desk, kim, reviewer, asked):
        answer = desk.get(reverse("staff:list"), {"q": asked.format(pk=kim.pk)})
        assert [row["staff"] for row in answer.context["rows"]] == [kim]

    @pytest.mark.parametrize("asked", ["zzz", "\x00", "%", "stf_"])
    def test_a_search_takes_anything(self, desk, kim, asked):
        assert desk.get(reverse("staff:list"), {"q": asked}).status_code == 200

    def test_the_number_of_queries_does_not_grow(self, desk, django_assert_max_num_queries):
        for number in range(8):
            make_staff(f"colleague{number}", role="reviewer")
        with django_assert_max_num_queries(14):
            desk.get(reverse("staff:list"))

    def test_an_auditor_reads_and_a_reviewer_does_not(self, client, auditor, reviewer):
        client.force_login(auditor)
        page = client.get(reverse("staff:list"))
        assert page.status_code == 200
        assert reverse("staff:create") not in page.text
        assert client.get(url("account", reviewer)).status_code == 200
        client.force_login(reviewer)
        assert client.get(reverse("staff:list")).status_code == 403
        assert client.get(url("account", auditor)).status_code == 403


class TestOneAccount:
    def test_it_shows_sessions_and_history(self, desk, kim):
        Client().force_login(kim)
        kim.assign(["auditor"], by=None)
        Client().force_login(kim)
        context = desk.get(url("account", kim)).context
        assert len(context["sessions"]) == 1
        assert context["history"][0]["changes"] == {"groups": [["reviewer"], ["auditor"]]}

    def test_unknown_and_malformed_ones_are_not_found(self, desk):
        for verb in ("account", "edit", "temporary_password", *VERBS):
            assert desk.get(reverse(f"staff:{verb}", args=[UNKNOWN])).status_code == 404
        assert desk.get("/staff/stf_nonsense/").status_code == 404


class TestMaking:
    def test_an_account_comes_with_a_temporary_password(self, desk, manager):
        sent = {"email": "New@YGS.test", "name": "새직원", "roles": ["reviewer", "consultant"]}
        answer = desk.post(reverse("staff:create"), sent)
        staff = Staff.objects.get(email="new@ygs.test")
        assert staff.check_password(answer.context["password"])
        assert staff.must_change_password
        assert staff.role_names() == ["consultant", "reviewer"]
        assert history() == [{"groups": [[], ["consultant", "reviewer"]]}, {"password": [None, "***"]}]

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"email": "not an address"}, "email"),
            ({"email": "MANAGER@ygs.test"}, "email"),
            ({"name": ""}, "name"),
            ({"name": "김" * 51}, "name"),
            ({"roles": ["emperor"]}, "roles"),
        ],
    )
    def test_bad_input_makes_none_and_names_the_field(self, desk, sent, field):
        before = Staff.objects.count()
        good = {"email": "new@ygs.test", "name": "새직원", "roles": ["reviewer"]}
        answer = desk.post(reverse("staff:create"), good | sent)
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
        assert Staff.objects.count() == before

    def test_nobody_makes_a_superuser(self, desk):
        desk.post(reverse("staff:create"), {"email": "new@ygs.test", "name": "새직원", "is_superuser": "on"})
        assert not Staff.objects.get(email="new@ygs.test").is_superuser

    @pytest.mark.parametrize("role", ["auditor", "reviewer"])
    def test_others_may_not(self, client, role):
        client.force_login(make_staff(f"a-{role}", role=role))
        assert client.get(reverse("staff:create")).status_code == 403
        assert client.post(reverse("staff:create"), {}).status_code == 403


class TestEditing:
    def test_name_and_roles(self, desk, kim):
        desk.post(url("edit", kim), {"name": "김새이름", "roles": ["matchmaker"]})
        kim = Staff.objects.get(pk=kim.pk)
        assert (kim.name, kim.role_names()) == ("김새이름", ["matchmaker"])
        assert history() == [{"name": ["kim", "김새이름"]}, {"groups": [["reviewer"], ["matchmaker"]]}]

    def test_saving_what_it_was_changes_nothing(self, desk, kim):
        assert desk.post(url("edit", kim), {"name": "kim", "roles": ["reviewer"]}).status_code == 302
        assert history() == []

    def test_a_role_that_allows_more_than_ones_own_is_not_offered_nor_given(self, desk, manager, kim):
        form = desk.get(url("edit", kim)).context["form"]
        assert "auditor" not in dict(form.fields["roles"].choices)
        assert desk.post(url("edit", kim), {"name": "kim", "roles": ["auditor"]}).status_code == 422
        with pytest.raises(StandingRefusedError):
            kim.assign(["auditor"], by=manager)

    def test_not_oneself_and_not_who_may_more(self, desk, manager, superuser):
        for staff in (manager, superuser):
            answer = desk.post(url("edit", staff), {"name": "x", "roles": []})
            assert answer.status_code == 422
            assert answer.context["form"].errors["roles"]
        assert history() == []


class TestVerbs:
    def test_deactivating_shuts_out_and_reactivating_lets_in(self, desk, kim):
        theirs = Client()
        theirs.force_login(kim)
        desk.post(url("deactivate", kim))
        assert theirs.get("/").status_code == 302
        desk.post(url("reactivate", kim))
        assert history() == [{"is_active": [True, False]}, {"is_active": [False, True]}]

    def test_resetting_the_second_factor_forgets_every_device(self, desk, kim):
        desk.post(url("reset_second_factor", kim))
        assert not Authenticator.objects.filter(user=kim).exists()
        assert history() == [{"second_factor": ["***", None]}]

    def test_ending_sessions(self, desk, kim):
        theirs = Client()
        theirs.force_login(kim)
        desk.post(url("end_sessions", kim))
        assert theirs.get("/").status_code == 302
        assert history() == [{"sessions": [1, 0]}]

    @pytest.mark.parametrize("verb", VERBS)
    def test_doing_it_twice_is_doing_it_once(self, desk, kim, verb):
        desk.post(url(verb, kim))
        done = history()
        assert desk.post(url(verb, kim)).status_code == 302
        assert history() == done

    @pytest.mark.parametrize("verb", VERBS)
    def test_each_says_first_what_it_will_do(self, desk, kim, verb):
        assert desk.get(url(verb, kim)).status_code == 200
        assert history() == []
        assert desk.delete(url(verb, kim)).status_code == 405

    @pytest.mark.parametrize("verb", ["deactivate", "reset_second_factor"])
    def test_not_oneself_and_not_who_may_more(self, desk, manager, superuser, verb):
        for staff in (manager, superuser):
            set_up_authenticator(staff)
            desk.post(url(verb, staff))
            assert Staff.objects.get(pk=staff.pk).is_active
            assert Authenticator.objects.filter(user=staff).exists()

    @pytest.mark.parametrize("verb", VERBS)
    def test_an_auditor_may_not(self, client, auditor, kim, verb):
        client.force_login(auditor)
        assert client.get(url(verb, kim)).status_code == 403
        assert client.post(url(verb, kim)).status_code == 403


def test_the_last_who_manages_stays(manager):
    for change in (lambda: manager.deactivate(by=None), lambda: manager.assign([], by=None)):
        with pytest.raises(StandingRefusedError):
            change()
    assert Staff.objects.get(pk=manager.pk).is_active
    make_staff("second", role="manager")
    assert manager.deactivate(by=None)


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_two_managers_who_shut_each_other_out_leave_one():
    first, second = make_staff("first", role="manager"), make_staff("second", role="manager")
    start = threading.Barrier(2)

    def shut_out(staff, by):
        start.wait()
        try:
            staff.deactivate(by=by)
        except StandingRefusedError:
            pass
        finally:
            connection.close()

    both = [threading.Thread(target=shut_out, args=pair) for pair in ((first, second), (second, first))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert Staff.objects.filter(is_active=True).count() == 1
