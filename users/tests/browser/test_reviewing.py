"""The review in the browser: by keyboard alone, two reviewers at once, a browser that is killed."""

import os
import signal
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from users.models import ReviewClaim, ReviewDecision, User, UserAccessAudit, UserDocument
from users.models.review_decision import Outcome
from users.review.deciding import settle_due
from users.tests.reviewing import handed_in
from ygs_admin import storage
from ygs_admin.testing.personas import make_staff
from ygs_admin.tests.samples import picture

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def cases(make_member, console):
    """Return a function that makes so many cases: every second one with two documents, which are on S3."""
    storage.put("tests/paper.jpg", picture(), content_type="image/jpeg")

    def make(count):
        members = [make_member(status="pending") for _ in range(count)]
        for member in members[::2]:
            for kind in ("identity", "employment"):
                handed_in(member, kind, s3_key="tests/paper.jpg", content_type="image/jpeg")
        console.settle()
        return members

    return make


def start(page, console):
    page.goto(console.at("users:review"))
    page.keyboard.press("n")
    page.locator("[data-review]").wait_for()


def at_case(page):
    return page.locator("[data-review]").get_attribute("data-review")


def at_item(page):
    return page.locator(".review-approve input[name=item]").get_attribute("value")


def press_and_wait(page, *keys):
    """Press keys of which the last decides, and wait until another item, or the queue, is shown."""
    item = at_item(page)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function(
        "item => document.querySelector('.review-approve input[name=item]')?.value !== item", arg=item
    )


def dispatch_key(page, what):
    page.evaluate(f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{ {what}, bubbles: true }}))")


def make_final():
    ReviewDecision.objects.waiting().update(final_at=timezone.now())
    return list(settle_due())


def test_fifty_cases_by_keyboard_alone(console, sign_in, reviewer, cases):
    members = cases(50)
    page = sign_in(reviewer)
    start(page, console)
    decided = 0
    while page.locator("[data-review]").count():
        decided += 1
        if decided % 5 == 0:
            page.keyboard.press("r")
            page.keyboard.press(str(1 + decided % 6))
            press_and_wait(page, "Control+Enter")
        else:
            press_and_wait(page, "a")
    assert decided == 50 + 2 * 25
    make_final()
    assert not ReviewDecision.objects.exclude(outcome=Outcome.APPLIED).exists()
    assert not User.objects.filter(status="pending").exists()
    assert not UserDocument.objects.filter(status="pending").exists()
    assert User.objects.filter(status="rejected").exists()
    assert all(row.reject_note for row in UserDocument.objects.filter(status="rejected"))
    seen = set(UserAccessAudit.objects.filter(action="view", actor_id=reviewer.pk).values_list("user_id", flat=True))
    assert {member.pk for member in members} <= seen


def test_the_keys_of_a_case(console, sign_in, reviewer, cases):
    members = cases(2)
    page = sign_in(reviewer)
    start(page, console)
    assert at_case(page) == members[0].pk
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("건너뛰기")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator(f"[data-review={members[1].pk}]")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("[data-review]")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator(f"[data-review={members[1].pk}]")).to_be_visible()
    assert ReviewDecision.objects.get().outcome == Outcome.UNDONE


def test_reasons_bring_their_sentences_and_leave_ones_own_alone(console, sign_in, reviewer, cases):
    cases(1)
    page = sign_in(reviewer)
    start(page, console)
    note = page.locator("textarea[name=note]")
    expect(note).to_be_hidden()
    page.keyboard.press("r")
    page.keyboard.press("1")
    expect(note).to_be_focused()
    first = note.input_value()
    assert first
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    assert note.input_value() not in {"", first}
    page.keyboard.type(" 고맙습니다.")
    changed = note.input_value()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    assert note.input_value() == changed
    press_and_wait(page, "Control+Enter")
    decision = ReviewDecision.objects.get()
    assert (decision.reject_reason, decision.note) == ("expired_document", changed)


def test_with_a_korean_keyboard_on(console, sign_in, reviewer, cases):
    cases(2)
    page = sign_in(reviewer)
    start(page, console)
    first = at_item(page)
    dispatch_key(page, "key: 'ㅁ', code: 'KeyA'")
    expect(page.locator(".review-approve input[name=item]")).not_to_have_value(first)
    assert ReviewDecision.objects.get().verb == "approve"


def test_a_key_that_is_held_down_decides_once(console, sign_in, reviewer, cases):
    cases(4)
    page = sign_in(reviewer)
    start(page, console)
    press_and_wait(page, "a")
    for _ in range(5):
        dispatch_key(page, "key: 'a', code: 'KeyA', repeat: true")
    page.wait_for_timeout(300)
    assert ReviewDecision.objects.count() == 1


def test_what_can_be_undone_counts_its_seconds_and_goes(console, sign_in, reviewer, cases, settings):
    settings.REVIEW_UNDO_SECONDS = 3
    cases(2)
    page = sign_in(reviewer)
    start(page, console)
    press_and_wait(page, "a")
    expect(page.locator("[data-seconds]")).to_be_visible()
    expect(page.locator("[data-seconds]")).to_have_count(0)


def test_the_case_that_follows_is_ready(console, sign_in, reviewer, cases):
    """Its picture is fetched once, and shown without asking again."""
    cases(3)
    page = sign_in(reviewer)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/pages/" in request.url else None)
    start(page, console)
    for _item in ("identity", "employment", "sign-up"):
        press_and_wait(page, "a")
    page.wait_for_function("() => document.querySelector('#review-ahead img')?.naturalWidth > 0")
    ahead = page.locator("#review-ahead img").get_attribute("src")
    press_and_wait(page, "a")
    expect(page.locator(f".review img[src='{ahead}']")).to_have_js_property("complete", value=True)
    page.wait_for_timeout(300)
    assert sum(url.endswith(ahead) for url in asked) == 1
    assert UserAccessAudit.objects.filter(resource_type="user_documents", detail__page=1).count() == 3


def test_two_reviewers_at_once_never_see_the_same_case(console, sign_in, reviewer, cases):
    members = cases(16)
    pages = [sign_in(person) for person in (reviewer, make_staff("other", role="reviewer"))]
    seen = [set(), set()]
    for page in pages:
        start(page, console)
    while any(page.locator("[data-review]").count() for page in pages):
        for page, cases_seen in zip(pages, seen, strict=True):
            if page.locator("[data-review]").count():
                cases_seen.add(at_case(page))
                press_and_wait(page, "a")
    assert not seen[0] & seen[1]
    assert seen[0] | seen[1] == {member.pk for member in members}
    assert len(seen[0]) > 3
    assert len(seen[1]) > 3


def test_a_takeover_is_seen_by_both(console, sign_in, reviewer, cases, settings):
    settings.REVIEW_LEASE_SECONDS = 3
    (member,) = cases(1)
    other = make_staff("other", role="reviewer")
    mine, theirs = sign_in(reviewer, expected_statuses=(409,)), sign_in(other)
    start(mine, console)
    theirs.goto(console.at("users:review_case", member.pk))
    expect(theirs.locator("[data-elsewhere]")).to_contain_text(reviewer.name)
    theirs.get_by_role("button", name="넘겨받기").click()
    expect(theirs.locator(f"[data-review={member.pk}]")).to_be_visible()
    expect(mine.locator("[data-taken]")).to_contain_text(other.name)
    mine.keyboard.press("a")
    expect(mine.locator("[data-elsewhere]")).to_contain_text(other.name)
    assert not ReviewDecision.objects.exists()


def test_an_open_page_keeps_its_case(console, sign_in, reviewer, cases, settings):
    settings.REVIEW_LEASE_SECONDS = 3
    (member,) = cases(1)
    page = sign_in(reviewer)
    start(page, console)
    page.wait_for_timeout(5000)
    assert ReviewClaim.objects.of(reviewer).get().member_id == member.pk


@pytest.fixture
def kill_a_browser(launch_browser, console, sign_in):
    """Return a function that opens a browser of its own at somebody's review, and returns what kills it."""

    def open_and_return_killer(person):
        state = sign_in(person).context.storage_state()
        another = launch_browser()
        page = another.new_context(storage_state=state).new_page()
        start(page, console)
        processes = another.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        (number,) = [process["id"] for process in processes if process["type"] == "browser"]
        return page, lambda: os.kill(number, signal.SIGKILL)

    return open_and_return_killer


def test_a_killed_browser_frees_its_case(console, sign_in, reviewer, cases, settings, kill_a_browser):
    settings.REVIEW_LEASE_SECONDS = 3
    (member,) = cases(1)
    page, kill = kill_a_browser(reviewer)
    assert at_case(page) == member.pk
    page.wait_for_timeout(4000)
    other = make_staff("other", role="reviewer")
    theirs = sign_in(other)
    theirs.goto(console.at("users:review"))
    assert ReviewClaim.objects.of(reviewer).exists()
    kill()
    killed = time.monotonic()
    while not theirs.locator("[data-review]").count():
        theirs.goto(console.at("users:review"))
        theirs.keyboard.press("n")
        theirs.wait_for_timeout(500)
        assert time.monotonic() - killed < 20
    assert at_case(theirs) == member.pk
    assert ReviewClaim.objects.get().staff == other


def test_without_a_script(console, sign_in, reviewer, cases):
    members = cases(2)
    page = sign_in(reviewer, java_script_enabled=False)
    page.goto(console.at("users:review"))
    page.locator("[data-key=n]").click()
    for _ in range(3):
        page.locator(".review-approve [type=submit]").click()
    assert at_case(page) == members[1].pk
    page.locator(".review-reject summary").click()
    page.locator("[data-reason=duplicate]").click()
    page.locator(".review-reasons [type=submit]").click()
    page.locator(".undoable [type=submit]").first.click()
    assert at_case(page) == members[1].pk
    page.locator("[data-key=s]").click()
    expect(page.locator("main")).to_contain_text("건너뛰었습니다")
