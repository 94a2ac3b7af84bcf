"""Documents in the browser: dropped in, looked at, turned, decided on, and the decision taken back."""

import re

import pytest
from playwright.sync_api import expect

from users.documents.reject_sentences import sentence_for
from users.models import UserDocument
from users.tests.browser.test_photos import DROP
from users.tests.reviewing import handed_in
from ygs_admin import storage
from ygs_admin.uploads.tests import files

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def member(make_member):
    return make_member(name="김철수", job="간호사")


@pytest.fixture
def document(member, console):
    document = handed_in(member, content_type="application/pdf", s3_key=f"documents/{member.pk}/three.pdf")
    storage.put(document.s3_key, files.pdf(3), content_type="application/pdf")
    console.settle()
    return document


@pytest.fixture
def opened(console, sign_in, reviewer, member, document):
    page = sign_in(reviewer, expected_statuses=(404, 409, 422))
    page.goto(console.at("users:document", member.pk, document.pk))
    expect_page(page, 1)
    return page


def expect_page(page, number):
    picture = page.locator(".document-page img")
    expect(picture).to_have_attribute("src", re.compile(f"/pages/{number}/$"))
    expect(picture).to_have_js_property("complete", value=True)
    expect(picture).not_to_have_js_property("naturalWidth", 0)


def now(document):
    return UserDocument.objects.get(pk=document.pk)


def test_a_document_is_dropped_with_its_kind_and_looked_at(console, sign_in, reviewer, member):
    console.settle()
    page = sign_in(reviewer, expected_statuses=(422,))
    page.goto(console.at("users:detail", member.pk))
    zone = page.locator("#documents [data-upload-drop]")
    zone.evaluate(DROP, [{"name": "a.jpg", "bytes": list(files.jpeg())}])
    assert not UserDocument.objects.exists(), "its kind is asked for first"
    zone.locator("select").select_option("identity")
    zone.evaluate(DROP, [{"name": "a.jpg", "bytes": list(files.jpeg())}] * 2)
    expect(zone.locator("[data-upload-state]")).not_to_be_empty()
    assert not UserDocument.objects.exists(), "one at a time"
    zone.evaluate(DROP, [{"name": "bad.pdf", "bytes": list(files.HTML)}])
    expect(zone.locator("[role=alert]")).to_contain_text("bad.pdf")
    zone.evaluate(DROP, [{"name": "a.jpg", "bytes": list(files.jpeg())}])
    expect(zone.locator("tbody tr")).to_have_count(1)
    expect(zone.locator("[role=alert]")).to_have_count(0)
    zone.locator("tbody a").first.click()
    expect_page(page, 1)
    assert UserDocument.objects.get().document_type == "identity"


def test_pages_are_turned_and_seen_larger_by_keys(opened):
    viewer = opened.locator("[data-viewer]")
    width = opened.locator(".document-page img").bounding_box()["width"]
    opened.keyboard.press("+")
    opened.keyboard.press("+")
    expect(viewer).to_have_attribute("data-zoom", "3")
    assert opened.locator(".document-page img").bounding_box()["width"] > 1.8 * width
    opened.keyboard.press("t")
    expect(viewer).to_have_attribute("data-turn", "1")
    opened.keyboard.press("]")
    expect_page(opened, 2)
    opened.keyboard.press("]")
    expect_page(opened, 3)
    opened.keyboard.press("[")
    expect_page(opened, 2)
    expect(viewer).to_have_attribute("data-zoom", "3")
    for _ in range(9):
        opened.keyboard.press("-")
    expect(viewer).to_have_attribute("data-zoom", "0")


def test_it_is_approved_by_a_key_and_taken_back(opened, document):
    opened.keyboard.press("a")
    expect(opened.locator(".page-head .badge-good")).to_be_visible()
    assert now(document).status == "approved"
    opened.keyboard.press("z")
    expect(opened.locator(".page-head .badge-warn")).to_be_visible()
    assert now(document).status == "pending"


def test_it_is_refused_with_a_sentence_that_was_edited(opened, document):
    opened.keyboard.press("r")
    note = opened.locator("[data-verb=reject] [name=note]")
    reason = opened.locator("[data-verb=reject] [name=reason]")
    expect(reason).to_be_focused()
    reason.select_option("unreadable")
    expect(note).to_have_value(sentence_for("unreadable"))
    reason.select_option("name_mismatch")
    expect(note).to_have_value(sentence_for("name_mismatch"))
    note.fill("개명 사실을 확인할 서류도 함께 올려 주세요.")
    reason.select_option("other")
    expect(note).to_have_value("개명 사실을 확인할 서류도 함께 올려 주세요.")
    opened.locator("[data-verb=reject] [type=submit]").click()
    expect(opened.locator(".page-head .badge-bad")).to_be_visible()
    assert (now(document).reject_reason, now(document).reject_note) == (
        "other",
        "개명 사실을 확인할 서류도 함께 올려 주세요.",
    )


def test_a_colleague_was_quicker(opened, document, manager):
    document.reject(by=manager, reason="suspected_forgery")
    opened.keyboard.press("a")
    expect(opened.locator("[role=alert]")).to_be_visible()
    assert now(document).status == "rejected"


def test_what_is_missing_leaves_the_rest_of_the_screen(console, opened, member, document):
    storage.delete(document.s3_key)
    opened.goto(console.at("users:document", member.pk, document.pk))
    expect(opened.locator(".document-problem")).to_be_visible()
    expect(opened.locator(".document-aside")).to_contain_text("간호사")


def test_a_document_is_taken_away_by_those_who_may(console, sign_in, manager, member, document):
    page = sign_in(manager)
    page.goto(console.at("users:document_download", member.pk, document.pk))
    page.locator("[name=reason]").fill("법원 제출")
    with page.expect_download() as saved:
        page.locator(".confirm [type=submit]").click()
    assert saved.value.suggested_filename == "document.pdf"


def test_all_of_it_without_a_script(console, sign_in, reviewer, member, document):
    page = sign_in(reviewer, java_script_enabled=False)
    page.goto(console.at("users:document", member.pk, document.pk))
    page.locator(".document-wait a").click()
    page.locator("[rel=next]").click()
    expect_page(page, 2)
    page.locator("[data-verb=approve] [type=submit]").click()
    expect(page.locator(".page-head .badge-good")).to_be_visible()
    page.goto(console.at("users:detail", member.pk))
    page.locator("#documents select").select_option("income")
    page.locator("#documents [data-upload] [type=submit]").click()
    expect(page.locator("[name=document_type]")).to_have_value("income")
    page.locator("input[type=file]").set_input_files(
        [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg()}]
    )
    page.locator("form.section [type=submit]").click()
    expect(page.locator("#documents tbody tr")).to_have_count(2)
