"""No log tells who somebody is."""

import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import include, path

from ygs_admin.web.scrubbing import scrubbed


@pytest.mark.parametrize(
    "text",
    [
        "010-1234-5678",
        "phone=01012345678",
        "+82 10 1234 5678",
        "01012345678",
        "kim.cs@naver.com",
        "http://s3/x?X-Amz-Signature=abcdef0123&X-Amz-Credential=KEY%2F2026",
        "{'password': 'correct horse'}",
        "csrfmiddlewaretoken=abcdef",
        "sessionid=abcdef; csrf=ghi",
        "Authorization: Bearer abcdef",
    ],
)
def test_what_names_somebody_or_lets_somebody_in_is_removed(text):
    for secret in ("1234", "5678", "kim", "abcdef", "KEY", "correct", "ghi"):
        assert secret not in scrubbed(f"before {text} after")


@pytest.mark.parametrize(
    "text",
    [
        "GET /users/usr_01M862E5M53YAK3Q3EK4NQ81MK/ 200",
        "2026-11-24 15:04:05,123 INFO django.server",
        "took 0101 ms, 12,345,678 rows",
        "stf_01012345678ABCDEFGHJKMNPQR",
    ],
)
def test_what_names_nobody_stays(text):
    assert scrubbed(text) == text


def _fail(request):
    raise RuntimeError("김철수 has 010-1234-5678 and kim@naver.com")


urlpatterns = [path("fail/", _fail), path("", include("ygs_admin.urls"))]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
def test_the_stack_trace_of_a_view_is_logged_without_the_contact(manager, capfd):
    client = Client(raise_request_exception=False)
    client.force_login(manager)
    logging.config.dictConfig(settings.LOGGING)
    assert client.get("/fail/?q=010-9999-8888").status_code == 500
    logged = capfd.readouterr().err
    assert "RuntimeError" in logged
    for secret in ("1234", "5678", "kim@", "9999", "8888"):
        assert secret not in logged
