"""Finding a member in the browser, by mouse and by keys alone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def members(make_member, console):
    made = {name: make_member(name=name) for name in ("김철수", "박영희", "이처음", "김민준")}
    console.settle()
    return made


def shown(page):
    return page.locator("[data-row]")


@pytest.mark.parametrize(("typed", "found"), [("김처", "김철수"), ("ㄱㅊㅅ", "김철수"), ("ㅇㅎ", "박영희")])
def test_typing_part_of_a_name_narrows_the_list_without_a_reload(console, sign_in, reviewer, members, typed, found):
    page = sign_in(reviewer)
    page.goto(console.at("users:list"))
    page.evaluate("window.isSamePage = true")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    expect(shown(page)).to_have_text([found])
    assert page.evaluate("window.isSamePage")
    page.reload()
    expect(shown(page)).to_have_text([found])
    expect(page.locator("[data-search]")).to_have_value(typed)


def test_each_step_of_composing_a_syllable_finds(console, sign_in, reviewer, members):
    page = sign_in(reviewer)
    page.goto(console.at("users:list"))
    for typed in ("김ㅁ", "김미", "김민", "김믽", "김민주", "김민준"):
        page.fill("[data-search]", typed)
        expect(shown(page)).to_have_text(["김민준"])


def test_the_keys_find_and_open(console, sign_in, reviewer, members):
    page = sign_in(reviewer)
    page.goto(console.at("users:list"))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(shown(page).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(console.at("users:detail", members["김민준"].pk))
    expect(page.get_by_role("heading", level=1)).to_have_text("김민준")


def test_a_korean_keyboard_moves_the_cursor_too(console, sign_in, reviewer, members):
    page = sign_in(reviewer)
    page.goto(console.at("users:list"))
    pressed = "new KeyboardEvent('keydown', {key: 'ㅓ', code: 'KeyJ', bubbles: true})"
    page.evaluate(f"document.body.dispatchEvent({pressed})")
    expect(shown(page).first).to_be_focused()


def test_filters_apply_without_a_reload_and_can_be_taken_off(console, sign_in, reviewer, make_member, members):
    make_member(name="대기중", status="pending")
    console.settle()
    page = sign_in(reviewer)
    page.goto(console.at("users:list"))
    page.get_by_label("상태").select_option("pending")
    expect(shown(page)).to_have_text(["대기중"])
    page.get_by_role("link", name="모두 해제").first.click()
    expect(shown(page)).to_have_count(5)


def test_nothing_found_says_so_and_shows_the_way_back(console, sign_in, reviewer, members):
    page = sign_in(reviewer)
    page.goto(console.at("users:list") + "?q=없는이름")
    expect(page.locator("main")).to_contain_text("맞는 회원이 없습니다")
    page.get_by_role("link", name="모두 해제").first.click()
    expect(shown(page)).to_have_count(4)


def test_everything_works_without_a_script(console, sign_in, reviewer, members):
    page = sign_in(reviewer, java_script_enabled=False)
    page.goto(console.at("users:list"))
    page.fill("[data-search]", "김처")
    page.keyboard.press("Enter")
    expect(shown(page)).to_have_text(["김철수"])
    shown(page).click()
    page.wait_for_url(console.at("users:detail", members["김철수"].pk))


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_scrolls_sideways(console, sign_in, manager, members, width):
    page = sign_in(manager, viewport={"width": width, "height": 800})
    member = members["김철수"]
    for url in (
        console.at("today"),
        console.at("users:list"),
        console.at("users:detail", member.pk),
        console.at("users:edit_preference", member.pk),
        console.at("users:suspend", member.pk),
    ):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), url
