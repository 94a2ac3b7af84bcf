"""What a password must be, and the temporary ones."""

from itertools import pairwise

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import PastPassword
from ygs_admin.testing.personas import PASSWORD, current_code, make_staff, set_up_authenticator

pytestmark = pytest.mark.django_db

NEW = "another fine horse"
URL = "/staff/password/"


def change(client, new, old=PASSWORD):
    return client.post(URL, {"old_password": old, "new_password1": new, "new_password2": new})


@pytest.mark.parametrize(
    "password", ["another fine horse", "Abcdefghijk", "abcdefghij1", "가나다라마바사아자차1", "쓸만한 비밀번호 하나"]
)
def test_good_ones(kim, password):
    validate_password(password, kim)


@pytest.mark.parametrize(
    "password",
    [
        "short-1!",
        "abcdefghijklm",
        "ABCDEFGHIJKLM",
        "739182645501",
        "kim@ygs.test",
        "kim@ygs.test1",
        "password123",
        "가나다라마바사아자차카",
    ],
)
def test_weak_ones(kim, password):
    with pytest.raises(ValidationError):
        validate_password(password, kim)


def test_none_of_the_last_three_comes_back(client, kim):
    client.force_login(kim)
    words = [PASSWORD, "horse number two", "horse number three", "horse number four"]
    for old, new in pairwise(words):
        assert change(client, new, old).status_code == 302
    for used in words[1:]:
        assert change(client, used, words[-1]).status_code == 422
    assert change(client, PASSWORD, words[-1]).status_code == 302
    assert PastPassword.objects.filter(staff=kim).count() == 3


def test_a_change_is_on_record_without_it(client, kim):
    client.force_login(kim)
    change(client, NEW)
    row = UserAccessAudit.objects.get(action=Action.PERMISSION_CHANGE)
    assert (row.actor_id, row.resource_id, row.detail) == (kim.pk, kim.pk, {"password": [None, "***"]})


@pytest.mark.parametrize("sent", [{"old_password": "wrong"}, {"new_password2": "another horse still"}])
def test_a_wrong_old_one_or_a_slip_changes_nothing(client, kim, sent):
    client.force_login(kim)
    good = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    answer = client.post(URL, good | sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(sent)
    kim.refresh_from_db()
    assert kim.check_password(PASSWORD)


def test_it_never_leads_elsewhere(client, kim):
    client.force_login(kim)
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW, "next": "//evil.example/"}
    assert client.post(URL, sent).url == "/staff/me/"


class TestTemporary:
    @pytest.fixture
    def password(self, client, manager, kim):
        client.force_login(manager)
        answer = client.post(reverse("staff:temporary_password", args=[kim.pk]))
        return answer.context["password"]

    def test_it_is_shown_once_and_on_record_without_it(self, client, password, kim):
        assert password not in client.get(reverse("staff:account", args=[kim.pk])).text
        row = UserAccessAudit.objects.get(action=Action.PERMISSION_CHANGE)
        assert row.detail == {"password": [None, "***"]}

    def test_it_lets_in_as_far_as_its_change(self, password, kim, post_sign_in):
        theirs = Client()
        theirs.post(reverse("staff:login"), {"username": kim.email, "password": password})
        set_up_authenticator(kim)
        theirs.post(reverse("staff:verify"), {"code": current_code()})
        assert theirs.get("/users/").url == f"{URL}?next=%2Fusers%2F"
        assert theirs.get("/staff/me/").url.startswith(URL)
        assert theirs.get(URL).status_code == 200
        assert change(theirs, password, password).status_code == 422
        assert change(theirs, NEW, password).status_code == 302
        assert theirs.get("/users/").status_code == 200

    def test_asking_first_changes_nothing(self, client, manager, kim):
        client.force_login(manager)
        assert client.get(reverse("staff:temporary_password", args=[kim.pk])).status_code == 200
        kim.refresh_from_db()
        assert kim.check_password(PASSWORD)

    def test_it_is_not_made_for_oneself_nor_for_who_may_more(self, client, manager, superuser):
        client.force_login(manager)
        for staff in (manager, superuser):
            client.post(reverse("staff:temporary_password", args=[staff.pk]))
            staff.refresh_from_db()
            assert staff.check_password(PASSWORD)

    @pytest.mark.parametrize("role", ["auditor", "reviewer"])
    def test_others_may_not(self, client, kim, role):
        client.force_login(make_staff(f"a-{role}", role=role))
        assert client.post(reverse("staff:temporary_password", args=[kim.pk])).status_code == 403
