"""Photos in the browser: sent by choice and by drop, ordered by keys and by dragging, looked at in the light box."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from users.models import UserPhoto
from ygs_admin import storage

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

DROP = """
(zone, files) => {
  const carried = new DataTransfer();
  for (const { name, bytes } of files) carried.items.add(new File([new Uint8Array(bytes)], name));
  const event = { dataTransfer: carried, bubbles: true, cancelable: true };
  for (const type of ["dragover", "drop"]) zone.dispatchEvent(new DragEvent(type, event));
}
"""


def picture(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (400, 500), colour).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
def member(make_member, console):
    member = make_member(name="김철수")
    for at, colour in enumerate(("teal", "maroon", "olive")):
        key = f"photos/{member.pk}/{colour}.jpg"
        storage.put(key, picture(colour), content_type="image/jpeg")
        UserPhoto.objects.create(user=member, s3_key=key, thumbnail_s3_key=key, display_order=at)
    console.settle()
    return member


@pytest.fixture
def opened(console, sign_in, reviewer, member):
    page = sign_in(reviewer, expected_statuses=(404, 422))
    page.goto(console.at("users:detail", member.pk))
    return page


def colours(member):
    keys = UserPhoto.objects.filter(user=member).values_list("s3_key", flat=True)
    return [key.rsplit("/")[-1].removesuffix(".jpg") for key in keys]


def test_files_are_chosen_and_the_bad_one_is_named(opened, member):
    opened.locator("#photos [data-upload-input]").set_input_files(
        [
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture("navy")},
            {"name": "bad.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"},
            {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": picture("plum")},
        ]
    )
    expect(opened.locator("#gallery [data-sortable-item]")).to_have_count(5)
    expect(opened.locator("#gallery [role=alert]")).to_contain_text("bad.jpg")
    assert UserPhoto.objects.filter(user=member).count() == 5


def test_files_are_dropped(opened, member):
    zone = opened.locator("#photos [data-upload-drop]")
    zone.evaluate(DROP, [{"name": "a.jpg", "bytes": list(picture("navy"))}])
    expect(opened.locator("#gallery [data-sortable-item]")).to_have_count(4)
    expect(opened.locator("#photos [data-upload-state]")).to_be_visible()


def test_keys_put_them_in_order(opened, member):
    opened.locator("[data-sortable-handle]").nth(2).focus()
    with opened.expect_response("**/photos/order/"):
        opened.keyboard.press("[")
    expect(opened.locator("[data-sortable-item]").nth(1).locator("[data-sortable-handle]")).to_be_focused()
    assert colours(member) == ["teal", "olive", "maroon"]
    with opened.expect_response("**/photos/order/"):
        opened.keyboard.press("[")
    expect(opened.locator("[data-sortable-item]").nth(0).locator("[data-sortable-handle]")).to_be_focused()
    assert colours(member) == ["olive", "teal", "maroon"]


def test_dragging_puts_them_in_order(opened, member):
    items = opened.locator("[data-sortable-item]")
    with opened.expect_response("**/photos/order/"):
        items.nth(0).drag_to(items.nth(2), target_position={"x": 120, "y": 60})
    assert colours(member) == ["maroon", "olive", "teal"]


def test_a_button_makes_the_portrait(opened, member):
    with opened.expect_response("**/photos/order/"):
        opened.locator("[data-sortable-item]").nth(1).locator("[data-sortable-verb=first]").click()
    assert colours(member) == ["maroon", "teal", "olive"]


def test_the_light_box_is_walked_by_keys(opened):
    opened.locator("[data-lightbox-open]").nth(0).click()
    shown = opened.locator("[data-lightbox] [data-shown]")
    expect(shown).to_be_visible()
    first = shown.get_attribute("data-shown")
    opened.keyboard.press("ArrowRight")
    expect(shown).not_to_have_attribute("data-shown", first)
    opened.keyboard.press("ArrowLeft")
    expect(shown).to_have_attribute("data-shown", first)
    expect(shown.locator("img")).to_have_js_property("complete", value=True)
    opened.keyboard.press("Escape")
    expect(opened.locator("[data-lightbox]")).to_be_hidden()
    expect(opened.locator("[data-lightbox-open]").nth(0)).to_be_focused()


def test_a_photo_is_deleted_and_brought_back(opened, member):
    opened.locator(".photo-delete").nth(1).click()
    opened.get_by_role("dialog").locator("[type=submit]").click()
    expect(opened.locator("#gallery [data-sortable-item]")).to_have_count(2)
    assert colours(member) == ["teal", "olive"]
    opened.locator("#flashes form [type=submit]").click()
    expect(opened.locator("#gallery [data-sortable-item]")).to_have_count(3)
    assert colours(member) == ["teal", "maroon", "olive"]


def test_a_photo_that_cannot_be_had_leaves_a_place(console, opened, member):
    storage.delete(UserPhoto.objects.filter(user=member).first().s3_key)
    opened.goto(console.at("users:detail", member.pk))
    expect(opened.locator("#gallery .picture-missing").nth(0)).to_be_visible()
    expect(opened.locator("#gallery .picture-missing").nth(1)).to_be_hidden()


def test_all_of_it_without_a_script(console, sign_in, reviewer, member):
    page = sign_in(reviewer, java_script_enabled=False)
    page.goto(console.at("users:detail", member.pk))
    page.locator("[data-sortable-verb=later]").nth(0).click()
    assert colours(member) == ["maroon", "teal", "olive"]
    page.locator("#photos [data-upload] [type=submit]").click()
    sent = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture("navy")}
    page.locator("input[type=file]").set_input_files([sent])
    page.locator("form.section [type=submit]").click()
    expect(page.locator("#gallery .photo")).to_have_count(4)
    page.locator(".photo-link").nth(0).click()
    expect(page.locator("[data-shown] img")).to_be_visible()
