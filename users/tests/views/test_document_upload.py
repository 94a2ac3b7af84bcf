"""Sending documents in, deleting them and bringing them back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from users.models import Action, UserAccessAudit, UserDocument
from users.models.document import MOST_DOCUMENTS
from users.tests.reviewing import handed_in, records_of
from ygs_admin import storage
from ygs_admin.db.ids import new_id
from ygs_admin.storage import StorageError
from ygs_admin.uploads import sandbox
from ygs_admin.uploads.errors import REASONS, BusyError
from ygs_admin.uploads.models import PendingObject
from ygs_admin.uploads.tests import files

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
HOSTILE = {
    "page.html": (files.HTML, "wrong_document_type"),
    "drawing.svg": (files.SVG, "wrong_document_type"),
    "script.mvg": (files.MVG, "wrong_document_type"),
    "program.pdf": (files.EXE, "wrong_document_type"),
    "archive.pdf": (files.ZIP, "wrong_document_type"),
    "locked.pdf": (files.locked_pdf(), "locked"),
    "half.pdf": (files.pdf()[:60], "damaged"),
    "long.pdf": (files.pdf(31), "too_many_pages"),
    "liar.pdf": (files.pdf_that_says(100_000), "too_many_pages"),
    "city.png": (files.png_that_says(50_000, 50_000), "too_many_pixels"),
    "wire.png": (files.png_that_says(1, 60_000), "too_small"),
    "half.jpg": (files.jpeg()[:1500], "damaged"),
    "huge.jpg": (files.jpeg() + b"\0" * sandbox.LARGEST_FILE, "too_large"),
}
HARMLESS = {
    "script.pdf": files.pdf_with_script(),
    "attachment.pdf": files.pdf_with_attachment(),
    "launch.pdf": files.pdf_with_link("Launch", F="cmd.exe"),
    "link.pdf": files.pdf_with_link("URI", URI="https://evil.example/"),
    "xfa.pdf": files.pdf_with_form(),
    "polyglot.pdf": files.pdf() + files.HTML,
    "polyglot.jpg": files.jpeg() + files.HTML,
    "gps.jpg": files.with_exif(),
}


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


@pytest.fixture
def document(member):
    return handed_in(member)


def send(client, member, name="등본.pdf", content=None, kind="identity", **headers):
    sent = {"document_type": kind, "document": SimpleUploadedFile(name, files.pdf() if content is None else content)}
    return client.post(reverse("users:document_add", args=[member.pk]), sent, headers=headers)


def test_a_document_is_kept_with_its_object_and_waits(client, reviewer, member):
    client.force_login(reviewer)
    assert send(client, member, kind="income").url.endswith("#documents")
    document = member.documents.get()
    assert (document.document_type, document.status, document.content_type) == ("income", "pending", "application/pdf")
    assert document.original_filename == "등본.pdf"
    assert document.s3_key == f"documents/{member.pk}/{document.pk}.pdf"
    assert storage.exists(document.s3_key)
    row = records_of(document)[0]
    assert (row.action, row.actor_id, row.detail) == (Action.CREATE, reviewer.pk, {"document_type": [None, "income"]})
    assert not PendingObject.objects.exists()


def test_a_script_is_answered_with_the_list(client, reviewer, member):
    client.force_login(reviewer)
    answer = send(client, member, **HTMX)
    assert answer.status_code == 200
    assert reverse("users:document", args=[member.pk, member.documents.get().pk]) in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(("content", "code"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "script"])
def test_what_is_no_document_is_refused_by_name_and_said_why(client, reviewer, member, content, code, headers):
    client.force_login(reviewer)
    answer = send(client, member, "이력서.pdf", content, **headers)
    assert answer.status_code == 422
    assert "이력서.pdf" in answer.text
    assert str(REASONS[code]) in answer.text
    assert not UserDocument.all_objects.exists()
    assert not PendingObject.objects.exists()


@pytest.mark.parametrize(("name", "content"), HARMLESS.items(), ids=HARMLESS)
def test_what_is_hostile_is_made_harmless(client, reviewer, member, name, content):
    client.force_login(reviewer)
    assert send(client, member, name, content).status_code == 302
    kept = storage.read(member.documents.get().s3_key, max_bytes=sandbox.LARGEST_FILE)
    for trace in (b"evil", b"<script", b"/JavaScript", b"cmd.exe", b"ecret", b"EmbeddedFile"):
        assert trace not in kept


def test_a_name_that_misleads_is_kept_as_one_that_does_not(client, reviewer, member):
    client.force_login(reviewer)
    send(client, member, '"><img src=x>\u202efdp.exe')
    page = client.get(reverse("users:document", args=[member.pk, member.documents.get().pk]))
    assert "<img src=x" not in page.text
    assert "\u202e" not in page.text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("kind", ["", "passport", "identity\x00"])
def test_a_kind_that_is_none_is_refused(client, reviewer, member, kind, headers):
    client.force_login(reviewer)
    assert send(client, member, kind=kind, **headers).status_code == 422
    assert not UserDocument.all_objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_nothing_sent_is_said(client, reviewer, member, headers):
    client.force_login(reviewer)
    url = reverse("users:document_add", args=[member.pk])
    assert client.post(url, {"document_type": "identity"}, headers=headers).status_code == 422


def test_enough_is_enough_and_leaves_no_object(client, reviewer, member):
    UserDocument.objects.bulk_create(
        [UserDocument(user=member, document_type="income", s3_key=f"x/{n}") for n in range(MOST_DOCUMENTS)]
    )
    client.force_login(reviewer)
    assert send(client, member, **HTMX).status_code == 422
    assert member.documents.count() == MOST_DOCUMENTS
    assert not PendingObject.objects.exists()


def test_where_s3_fails_nothing_is_kept(client, reviewer, member, monkeypatch):
    def fail(key, content, *, content_type):
        raise StorageError(key)

    monkeypatch.setattr(storage, "put", fail)
    client.force_login(reviewer)
    answer = send(client, member, **HTMX)
    assert answer.status_code == 422
    assert "등본.pdf" in answer.text
    assert not UserDocument.all_objects.exists()
    assert not UserAccessAudit.objects.filter(action=Action.CREATE).exists()


def test_a_console_with_enough_to_do_says_so(client, reviewer, member, monkeypatch):
    def be_busy(*_asked, **_named):
        raise BusyError

    monkeypatch.setattr("users.documents.upload.clean_document", be_busy)
    client.force_login(reviewer)
    answer = send(client, member)
    assert answer.status_code == 422
    assert str(REASONS["busy"]) in answer.text


def test_a_request_that_is_too_large_is_refused_before_it_is_read(client, reviewer, member):
    client.force_login(reviewer)
    url = reverse("users:document_add", args=[member.pk])
    sent = {"document_type": "identity", "document": SimpleUploadedFile("x.pdf", files.pdf())}
    assert client.post(url, sent, CONTENT_LENGTH=str(200 * 1024 * 1024)).status_code == 413


def test_the_page_has_the_kind_that_was_chosen_before(client, reviewer, member):
    client.force_login(reviewer)
    page = client.get(reverse("users:document_add", args=[member.pk]), {"document_type": "income"})
    assert '<option value="income" selected>' in page.text


def test_a_document_is_deleted_and_brought_back(client, reviewer, member, document):
    client.force_login(reviewer)
    args = [member.pk, document.pk]
    assert client.get(reverse("users:document_delete", args=args)).status_code == 200
    assert client.post(reverse("users:document_delete", args=args)).status_code == 302
    assert not member.documents.exists()
    assert reverse("users:document", args=args) in client.get(reverse("users:documents_deleted", args=[member.pk])).text
    assert client.get(reverse("users:document_delete", args=args)).status_code == 404
    assert client.post(reverse("users:document_restore", args=args)).status_code == 302
    assert member.documents.get() == document
    assert [row.action for row in records_of(document)][:1] == [Action.RESTORE]


def test_deleting_again_says_the_same_and_offers_no_undo(client, reviewer, member, document):
    client.force_login(reviewer)
    url = reverse("users:document_delete", args=[member.pk, document.pk])
    for undo in (True, False):
        page = client.get(client.post(url).url.split("#")[0])
        assert (reverse("users:document_restore", args=[member.pk, document.pk]) in page.text) is undo


@pytest.mark.parametrize("name", ["document_delete", "document_restore"])
def test_another_members_document_is_not_found_here(client, manager, make_member, document, name):
    client.force_login(manager)
    assert client.post(reverse(f"users:{name}", args=[make_member().pk, document.pk])).status_code == 404


def test_malformed_and_missing_ids_are_not_found(client, manager, member):
    client.force_login(manager)
    assert client.get(reverse("users:document_add", args=[new_id("usr")])).status_code == 404
    assert client.get(f"/users/{member.pk}/documents/doc_nothing/delete/").status_code == 404
    assert client.post(reverse("users:document_delete", args=[member.pk, new_id("doc")])).status_code == 404


@pytest.mark.parametrize(
    ("name", "method", "person", "status"),
    [
        ("document_add", "post", "matchmaker", 403),
        ("document_add", "get", "auditor", 403),
        ("documents_deleted", "get", "consultant", 403),
        ("documents_deleted", "post", "reviewer", 405),
        ("document_add", "put", "reviewer", 405),
    ],
)
def test_who_may_not_is_refused(client, request, member, name, method, person, status):
    client.force_login(request.getfixturevalue(person))
    assert getattr(client, method)(reverse(f"users:{name}", args=[member.pk])).status_code == status


def test_a_deleted_members_documents_stay_as_they_are(client, manager, member, document):
    member.soft_delete(by=manager)
    client.force_login(manager)
    assert client.get(reverse("users:document_add", args=[member.pk])).status_code == 404
    for name in ("document_delete", "document_restore"):
        assert client.post(reverse(f"users:{name}", args=[member.pk, document.pk])).status_code == 404
