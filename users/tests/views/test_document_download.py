"""Taking a document away: for a reason, after a recent confirmation, on the record, by a URL that lives a minute."""

import logging
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from users.models import Action, UserAccessAudit
from users.tests.reviewing import handed_in
from ygs_admin import storage
from ygs_admin.db.ids import new_id
from ygs_admin.storage import StorageError
from ygs_admin.uploads.tests import files

pytestmark = pytest.mark.django_db

CONTENT = files.pdf()


@pytest.fixture
def document(make_member):
    document = handed_in(make_member(), content_type="application/pdf", original_filename="등본.pdf")
    storage.put(document.s3_key, CONTENT, content_type="text/html")
    return document


def url_of(document):
    return reverse("users:document_download", args=[document.user_id, document.pk])


def ask(client, document, reason="법원 제출"):
    return client.post(url_of(document), {"reason": reason})


def records():
    return UserAccessAudit.objects.filter(action=Action.DOWNLOAD)


def test_it_comes_as_it_is_kept_under_a_name_and_type_of_ours(client, manager, document):
    client.force_login(manager)
    with urllib.request.urlopen(ask(client, document).url, timeout=10) as answer:  # noqa: S310 - the store of the tests
        assert answer.read() == CONTENT
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "%EB%93%B1%EB%B3%B8.pdf" in answer.headers["Content-Disposition"]


def test_who_took_it_and_why_is_on_record_before_the_url_exists(client, manager, document, monkeypatch):
    def sign(*_arguments, **_named):
        row = records().get()
        assert (row.actor_id, row.user_id, row.reason) == (manager.pk, document.user_id, "법원 제출")
        assert (row.resource_type, row.resource_id) == ("user_documents", document.pk)
        return "/signed/"

    monkeypatch.setattr(storage, "presign", sign)
    client.force_login(manager)
    assert ask(client, document).url == "/signed/"


def test_the_url_lives_a_minute_and_is_neither_shown_nor_logged(client, manager, document, caplog):
    client.force_login(manager)
    with caplog.at_level(logging.INFO):
        page, answer = client.get(url_of(document)), ask(client, document)
    assert parse_qs(urlsplit(answer.url).query)["X-Amz-Expires"] == ["60"]
    assert "no-store" in answer["Cache-Control"]
    assert "X-Amz" not in page.text
    assert "X-Amz" not in caplog.text
    assert not records().filter(detail__isnull=False).exists()


def test_its_page_alone_lets_a_form_lead_to_the_store(client, manager, document):
    client.force_login(manager)
    assert f"form-action 'self' {settings.OBJECTS_ORIGIN}" in client.get(url_of(document))["Content-Security-Policy"]
    shell = client.get(reverse("users:document", args=[document.user_id, document.pk]))
    assert "form-action 'self';" in f"{shell['Content-Security-Policy']};"


@pytest.mark.parametrize(
    ("content_type", "filename", "served_as", "saved_as"),
    [
        ("text/html", "evil.html", "application/octet-stream", 'filename="evil.bin"'),
        (None, None, "application/octet-stream", 'filename="document.bin"'),
        ("image/jpeg", "photo.php", "image/jpeg", 'filename="photo.jpg"'),
    ],
)
def test_what_another_program_says_it_is_is_not_repeated(
    client, manager, document, content_type, filename, served_as, saved_as
):
    document.content_type, document.original_filename = content_type, filename
    document.save()
    client.force_login(manager)
    asked = parse_qs(urlsplit(ask(client, document).url).query)
    assert asked["response-content-type"] == [served_as]
    assert asked["response-content-disposition"] == [f"attachment; {saved_as}"]


@pytest.mark.parametrize("reason", ["", " ", "x" * 501, "\x00"])
def test_no_reason_no_file(client, manager, document, reason):
    client.force_login(manager)
    assert ask(client, document, reason).status_code == 422
    assert not records().exists()


def test_an_object_that_is_missing_is_said_and_not_recorded(client, manager, document):
    storage.delete(document.s3_key)
    client.force_login(manager)
    assert ask(client, document).url == reverse("users:document", args=[document.user_id, document.pk])
    assert not records().exists()


def test_a_store_that_fails_is_said_and_not_recorded(client, manager, document, monkeypatch):
    def fail(key):
        raise StorageError(key)

    monkeypatch.setattr(storage, "exists", fail)
    client.force_login(manager)
    assert "저장소가 응답하지 않습니다" in client.get(ask(client, document).url).text
    assert not records().exists()


def test_a_confirmation_of_long_ago_is_asked_for_again(client, manager, document, settings):
    client.force_login(manager)
    settings.CONFIRM_SECONDS = 0
    assert "/staff/" in ask(client, document).url
    assert not records().exists()


@pytest.mark.parametrize("person", ["reviewer", "matchmaker", "consultant", "auditor", "outsider"])
def test_who_may_not_is_refused(client, request, document, person):
    client.force_login(request.getfixturevalue(person))
    assert client.get(url_of(document)).status_code == 403
    assert ask(client, document).status_code == 403


def test_what_is_not_there_is_not_found(client, manager, document, make_member):
    client.force_login(manager)
    assert client.get(reverse("users:document_download", args=[document.user_id, new_id("doc")])).status_code == 404
    assert client.get(reverse("users:document_download", args=[make_member().pk, document.pk])).status_code == 404
    assert client.put(url_of(document)).status_code == 405
