"""The pages for what went wrong: in the person's language and theme, with a number, without a database."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connections
from django.test import Client, override_settings
from django.urls import include, path, reverse

from users.models import User
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.storage import StorageError

pytestmark = pytest.mark.django_db

RAISED = {
    "500": RuntimeError("secret of a member"),
    "400": SuspiciousOperation("secret of a member"),
    "403": PermissionDenied("secret of a member"),
    "503": OperationalError("secret of a member"),
    "interface": InterfaceError("secret of a member"),
    "storage": StorageError("secret of a member"),
    "409": RowConflictError(User(name="secret of a member")),
}
STATUSES = {"interface": 503, "storage": 503}


def _fail(request, kind):
    raise RAISED[kind]


urlpatterns = [path("fail/<str:kind>/", _fail), path("", include("ygs_admin.urls"))]
handler400 = "ygs_admin.web.failures.bad_request"
handler403 = "ygs_admin.web.failures.permission_denied"
handler404 = "ygs_admin.web.failures.not_found"
handler500 = "ygs_admin.web.failures.server_error"


@pytest.fixture(autouse=True)
def as_in_production():
    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        yield


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    client.raise_request_exception = False
    return client


def assert_is_whole(response):
    assert "</html>" in response.text
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Request-ID"] in response.text
    assert reverse("today") in response.text
    assert "no-store" in response["Cache-Control"]
    for inside in ("secret", "Traceback", "RuntimeError"):
        assert inside not in response.text


@pytest.mark.parametrize("kind", RAISED)
def test_each_page_is_whole_and_says_nothing_of_the_inside(signed_in, kind):
    response = signed_in.get(f"/fail/{kind}/")
    assert response.status_code == STATUSES.get(kind, int(kind) if kind.isdigit() else 0)
    assert_is_whole(response)
    assert ("Retry-After" in response) is (response.status_code == 503)


def test_nothing_at_an_address(signed_in):
    response = signed_in.get("/nowhere/")
    assert response.status_code == 404
    assert_is_whole(response)


def test_the_language_and_the_theme_are_the_persons(signed_in):
    signed_in.cookies["django_language"], signed_in.cookies["theme"] = "en", "dark"
    response = signed_in.get("/fail/500/")
    assert '<html lang="en" data-theme="dark">' in response.text
    assert "Something went wrong" in response.text
    assert response["Content-Language"] == "en"


def test_without_a_choice_it_is_korean(signed_in):
    response = signed_in.get("/fail/500/")
    assert '<html lang="ko" data-theme="system">' in response.text
    assert "문제가 생겼습니다" in response.text


def test_an_account_that_nobody_asked_for_is_not_read(signed_in, django_assert_num_queries):
    """The middleware has asked already; the page asks for nothing more."""
    with django_assert_num_queries(0):
        Client(raise_request_exception=False).get("/nowhere/")


@pytest.mark.parametrize(
    ("referrer", "leads_back"),
    [
        ("http://testserver/users/?gender=male", '"/users/?gender=male"'),
        ("http://testserver/nowhere/", ""),
        ("https://evil.example/users/", ""),
        ("javascript:alert(1)", ""),
        ("http://testserver", ""),
        ("", ""),
    ],
)
def test_it_leads_back_to_where_the_person_came_from(signed_in, referrer, leads_back):
    text = signed_in.get("/nowhere/", headers={"Referer": referrer}).text
    assert ("원래 화면으로 돌아가기" in text) is bool(leads_back)
    assert leads_back in text


def test_a_forged_form_says_what_to_do(manager):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)
    response = client.post(reverse("staff:logout"))
    assert response.status_code == 403
    assert_is_whole(response)
    assert "뒤로 가기" in response.text


def test_too_large_a_body(signed_in):
    response = signed_in.post(reverse("theme"), b"x" * (4 * 1024**2), content_type="text/plain")
    assert response.status_code == 413
    assert_is_whole(response)


def test_a_host_that_is_not_ours(signed_in):
    response = signed_in.get("/", headers={"Host": "evil.example", "Referer": "http://evil.example/x/"})
    assert response.status_code == 400
    assert_is_whole(response)
    assert "evil" not in response.text


@pytest.fixture
def no_database(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    for alias in connections:
        connections[alias].close()
        monkeypatch.setattr(type(connections[alias]), "cursor", refuse)
        monkeypatch.setattr(type(connections[alias]), "ensure_connection", refuse)


@pytest.mark.parametrize(("address", "status"), [("/", 503), ("/users/", 503), ("/fail/500/", 503)])
def test_without_a_database_each_address_answers_with_a_page(manager, address, status, request):
    client = Client(raise_request_exception=False)
    client.force_login(manager)
    request.getfixturevalue("no_database")
    response = client.get(address)
    assert response.status_code == status
    assert_is_whole(response)
