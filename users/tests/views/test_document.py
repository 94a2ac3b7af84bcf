"""Looking at a document: the shell, its pages, what cannot be shown, and what the record says of it."""

import io
import logging
import socket

import pytest
from django.urls import reverse
from PIL import Image, ImageChops

from users.documents import pages
from users.models import Action, UserAccessAudit, UserDocument
from users.tests.reviewing import handed_in
from ygs_admin import storage
from ygs_admin.db.ids import new_id
from ygs_admin.storage import StorageError
from ygs_admin.uploads import sandbox
from ygs_admin.uploads.errors import REASONS, BusyError
from ygs_admin.uploads.tests import files

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "pages"}
HOSTILE = {
    "a web page": (files.HTML, "wrong_type"),
    "a drawing with a script": (files.SVG, "wrong_type"),
    "a program": (files.EXE, "wrong_type"),
    "a locked PDF": (files.locked_pdf(), "locked"),
    "half a PDF": (files.pdf()[:60], "damaged"),
    "a PDF that lies": (files.pdf_that_says(100_000), "too_many_pages"),
    "a picture of a city": (files.png_that_says(50_000, 50_000), "too_many_pixels"),
}


@pytest.fixture
def member(make_member):
    return make_member(
        name="김철수", education="bachelor", university="한울대학교", job="간호사", salary_range="5000_7000"
    )


@pytest.fixture
def stored(member):
    """Return a function that keeps a document of this content as another program would."""

    def store(content, content_type="application/pdf", **columns):
        document = handed_in(member, content_type=content_type, s3_key=f"app/{new_id('tst')}", **columns)
        storage.put(document.s3_key, content, content_type=content_type or "text/html")
        return document

    return store


def shell_of(document):
    return reverse("users:document", args=[document.user_id, document.pk])


def page_of(document, number=1):
    return reverse("users:document_page", args=[document.user_id, document.pk, number])


def looks_at(document):
    return UserAccessAudit.objects.filter(action=Action.VIEW, resource_id=document.pk)


def opened(answer):
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def test_beside_it_stands_what_the_member_states(client, reviewer, stored):
    client.force_login(reviewer)
    page = client.get(shell_of(stored(files.pdf(), original_filename="등본.pdf"))).text
    for stated in ("김철수", "1990", "한울대학교", "간호사", "등본.pdf"):
        assert stated in page


def test_the_shell_asks_nothing_of_the_store_and_is_on_record(client, reviewer, stored, monkeypatch):
    document = stored(files.pdf())
    monkeypatch.setattr(storage, "read", None)
    client.force_login(reviewer)
    assert client.get(shell_of(document)).status_code == 200
    row = looks_at(document).get()
    assert (row.user_id, row.actor_id, row.resource_type) == (document.user_id, reviewer.pk, "user_documents")


def test_its_queries_are_few(client, reviewer, stored, django_assert_max_num_queries):
    document = stored(files.pdf(), status="approved", reviewed_by=reviewer.pk)
    client.force_login(reviewer)
    with django_assert_max_num_queries(14):
        client.get(shell_of(document))


def test_a_page_is_a_picture_of_ours_that_nobody_keeps(client, reviewer, stored):
    client.force_login(reviewer)
    answer = client.get(page_of(stored(files.pdf())))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == "inline"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert opened(answer).size == (1414, 2000)


def test_each_page_that_is_looked_at_is_one_row(client, reviewer, stored):
    document = stored(files.pdf(3))
    client.force_login(reviewer)
    for number in (1, 3):
        client.get(page_of(document, number))
    rows = looks_at(document).order_by("created_at")
    assert [(row.user_id, row.actor_id, row.detail) for row in rows] == [
        (document.user_id, reviewer.pk, {"page": number}) for number in (1, 3)
    ]


def test_where_the_record_fails_no_byte_leaves(client, reviewer, stored, monkeypatch):
    def fail(*_arguments, **_named):
        raise ZeroDivisionError

    document = stored(files.pdf())
    client.force_login(reviewer)
    monkeypatch.setattr(UserAccessAudit, "record", fail)
    client.raise_request_exception = False
    answer = client.get(page_of(document))
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (500, "text/html")


class TestWatermark:
    def test_it_is_in_the_pixels_and_another_for_everybody(self, client, reviewer, manager, stored, monkeypatch):
        documents = (
            stored(files.pdf()),
            stored(files.written(Image.new("RGB", (600, 800), "white"), "PNG"), "image/png"),
        )
        for document in documents:
            seen = {}
            for person in (reviewer, manager):
                client.force_login(person)
                seen[person] = opened(client.get(page_of(document)))
                assert seen[person].convert("L").getextrema()[0] < 235, "a white page shows the watermark alone"
            assert ImageChops.difference(*seen.values()).getbbox()

    def test_it_says_who_and_when_in_seoul(self, reviewer):
        assert pages.watermark_of(reviewer).startswith(f"{reviewer.name} · {reviewer.email} · 20")

    def test_without_a_korean_font_the_address_tells(self, client, reviewer, stored, monkeypatch):
        monkeypatch.setattr("ygs_admin.uploads.pages._korean_font", lambda: None)
        client.force_login(reviewer)
        page = opened(client.get(page_of(stored(files.pdf()))))
        assert page.convert("L").getextrema()[0] < 235


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (files.pdf(2), None),
        (files.pdf(2), "image/jpeg"),
        (files.pdf(2), "text/html"),
        (files.pdf_with_script(), "application/pdf"),
        (files.heic(), "image/heic"),
        (files.with_exif(6), "application/pdf"),
        (files.jpeg() + files.HTML, "image/jpeg"),
    ],
)
def test_what_another_program_kept_is_shown_by_what_it_is(client, reviewer, stored, content, content_type):
    client.force_login(reviewer)
    document = stored(content, content_type)
    answer = client.get(page_of(document))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"<script" not in answer.content
    assert b"SecretCamera" not in answer.content
    assert page_of(document) in client.get(shell_of(document), {"page": 1}).text


@pytest.mark.parametrize(("content", "code"), HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_shown_says_why(client, reviewer, stored, content, code):
    document = stored(content)
    client.force_login(reviewer)
    answer = client.get(page_of(document))
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/plain")
    assert str(REASONS[code]) in answer.content.decode()
    assert not looks_at(document).exists()
    page = client.get(shell_of(document), {"page": 1})
    assert page.status_code == 200
    assert str(REASONS[code]) in page.text


class TestStore:
    def test_an_object_that_is_missing_is_said(self, client, reviewer, member):
        document = handed_in(member, s3_key="app/gone")
        client.force_login(reviewer)
        assert client.get(page_of(document)).status_code == 404
        assert "저장소에 파일이 없습니다" in client.get(shell_of(document), {"page": 1}).text

    def test_one_that_is_too_large_is_not_read(self, client, reviewer, stored, monkeypatch):
        monkeypatch.setattr(pages, "LARGEST_FILE", 10)
        client.force_login(reviewer)
        assert client.get(page_of(stored(files.pdf()))).status_code == 422

    def test_a_store_that_fails_holds_up_nothing_else(self, client, reviewer, stored, monkeypatch):
        def fail(key, **_how):
            raise StorageError(key)

        document = stored(files.pdf())
        monkeypatch.setattr(storage, "read", fail)
        client.force_login(reviewer)
        answer = client.get(page_of(document))
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        page = client.get(shell_of(document), {"page": 1})
        assert page.status_code == 200
        assert "저장소가 응답하지 않습니다" in page.text
        assert "간호사" in page.text

    def test_a_store_that_is_silent_is_given_up_on(self, client, reviewer, stored, settings):
        document = stored(files.pdf())
        default = settings.STORAGES["default"]
        config = default["OPTIONS"]["client_config"]
        quick = config.merge(type(config)(read_timeout=0.2, connect_timeout=0.2))
        client.force_login(reviewer)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            changed = {"client_config": quick, "endpoint_url": f"http://127.0.0.1:{silent.getsockname()[1]}"}
            settings.STORAGES = settings.STORAGES | {"default": {**default, "OPTIONS": default["OPTIONS"] | changed}}
            assert client.get(page_of(document)).status_code == 503

    def test_a_console_with_enough_to_do_says_so(self, client, reviewer, stored, monkeypatch):
        def be_busy(*_asked, **_named):
            raise BusyError

        document = stored(files.pdf())
        monkeypatch.setattr("ygs_admin.uploads.pages.decode", be_busy)
        client.force_login(reviewer)
        answer = client.get(page_of(document))
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert str(REASONS["busy"]) in client.get(shell_of(document), {"page": 1}).text

    def test_a_decoder_that_fell_is_a_damaged_file(self, client, reviewer, stored, monkeypatch):
        monkeypatch.setattr(sandbox, "_run", lambda *_asked: b"nonsense")
        client.force_login(reviewer)
        assert client.get(page_of(stored(files.pdf()))).status_code == 422

    def test_no_address_of_the_object_is_shown_or_logged(self, client, reviewer, stored, caplog):
        document = stored(files.pdf())
        client.force_login(reviewer)
        with caplog.at_level(logging.INFO):
            pages = [client.get(url).content for url in (shell_of(document), page_of(document))]
        for text in (*pages, caplog.text.encode()):
            assert document.s3_key.encode() not in text
            assert b"X-Amz" not in text


class TestPaging:
    def fragment(self, client, document, page):
        return client.get(shell_of(document), {"page": page}, headers=HTMX).text

    def test_a_script_gets_the_part_that_changes_and_nobodys_name(self, client, reviewer, stored):
        client.force_login(reviewer)
        document = stored(files.pdf(3))
        fragment = self.fragment(client, document, 2)
        assert "<html" not in fragment
        assert "김철수" not in fragment
        assert page_of(document, 2) in fragment
        assert "?page=1" in fragment
        assert "?page=3" in fragment
        assert not looks_at(document).exists(), "a look is the page itself"

    @pytest.mark.parametrize(
        ("asked", "shown"), [("0", 1), ("99", 3), ("x", 1), ("-1", 1), ("", 1), ("٣", 1), ("9" * 50, 1)]
    )
    def test_a_page_that_is_not_there_is_the_nearest_one(self, client, reviewer, stored, asked, shown):
        client.force_login(reviewer)
        document = stored(files.pdf(3))
        assert page_of(document, shown) in self.fragment(client, document, asked)

    def test_a_picture_has_no_pages_to_turn(self, client, reviewer, stored):
        client.force_login(reviewer)
        assert "?page=" not in self.fragment(client, stored(files.jpeg()), 1)

    @pytest.mark.parametrize("number", [0, 4, 10**9])
    def test_beyond_the_last_is_not_found(self, client, reviewer, stored, number):
        client.force_login(reviewer)
        assert client.get(page_of(stored(files.pdf(3)), number)).status_code == 404


@pytest.mark.parametrize("person", ["matchmaker", "consultant", "auditor", "outsider"])
def test_who_may_not_look_is_refused(client, request, stored, person):
    document = stored(files.pdf())
    client.force_login(request.getfixturevalue(person))
    assert client.get(shell_of(document)).status_code == 403
    assert client.get(page_of(document)).status_code == 403


def test_other_methods_are_refused(client, reviewer, stored):
    document = stored(files.pdf())
    client.force_login(reviewer)
    assert client.post(shell_of(document)).status_code == 405
    assert client.post(page_of(document)).status_code == 405


def test_another_members_document_is_not_found_here(client, reviewer, stored, make_member):
    document = stored(files.pdf())
    client.force_login(reviewer)
    other = make_member()
    assert client.get(reverse("users:document", args=[other.pk, document.pk])).status_code == 404
    assert client.get(reverse("users:document_page", args=[other.pk, document.pk, 1])).status_code == 404
    assert client.get(reverse("users:document", args=[other.pk, new_id("doc")])).status_code == 404
    assert client.get(f"/users/{other.pk}/documents/doc_x/").status_code == 404


def test_a_deleted_one_is_shown_to_those_who_restore_and_decided_on_by_nobody(client, reviewer, stored):
    document = stored(files.pdf())
    document.soft_delete(by=reviewer)
    client.force_login(reviewer)
    page = client.get(shell_of(document))
    assert reverse("users:document_restore", args=[document.user_id, document.pk]) in page.text
    assert reverse("users:document_approve", args=[document.user_id, document.pk]) not in page.text
    assert client.get(page_of(document)).status_code == 200


def test_a_deleted_members_document_is_shown_to_those_who_restore_members(client, reviewer, manager, member, stored):
    document = stored(files.pdf())
    member.soft_delete(by=manager)
    UserDocument.all_objects.filter(pk=document.pk).update(deleted_at=None)
    client.force_login(manager)
    page = client.get(shell_of(document))
    assert reverse("users:document_approve", args=[document.user_id, document.pk]) not in page.text
    client.force_login(reviewer)
    assert client.get(shell_of(document)).status_code == 404
