"""A whole round in the browser: opened, run with its progress in sight, corrected, published, answered, closed."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import F
from playwright.sync_api import expect

from matching.models import ForbiddenPair, MatchFeedback, MatchHistory, MatchWeek, WeekStatus
from matching.rounds import running
from ygs_admin.testing.queue import work_off

from .following import fix_a_date, give_feedback, mark_met

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

SECONDS = 30
MILLISECONDS = 1000 * SECONDS
WEEK = re.compile(r"/matching/weeks/mw_\w+/$")
COUPLES = 4


class Worker(threading.Thread):
    """A worker that stops before it chooses the pairs, until it is told to go on."""

    def __init__(self, monkeypatch):
        super().__init__(daemon=True)
        self.may_choose = threading.Event()
        report = running.Reporting.__call__

        def report_and_wait(reporting, phase, done, total):
            report(reporting, phase, done, total)
            if phase == "assignment":
                assert self.may_choose.wait(SECONDS)

        monkeypatch.setattr(running.Reporting, "__call__", report_and_wait)

    def run(self):
        work_off()
        connections.close_all()


@pytest.fixture
def worker(monkeypatch):
    worker = Worker(monkeypatch)
    yield worker
    worker.may_choose.set()
    if worker.ident:
        worker.join(SECONDS)


@pytest.fixture
def members(make_member, subscribe, console):
    """Couples who fit each other by year of birth; every woman insists on not meeting a smoker."""
    for at in range(COUPLES):
        wish = {"birth_year_min": 1988 + at, "birth_year_max": 1990 + at, "weights": {"age": 5}}
        for gender, name in (("male", f"김남{at}"), ("female", f"박여{at}")):
            member = make_member(
                name=name, gender=gender, birth_year=1989 + at, lifestyle={"smoking": "never"}, preference=wish
            )
            subscribe(member)
    console.settle()


def card(page, name):
    return page.locator("li.pair", has_text=name)


def confirm_in_dialog(page, label):
    page.get_by_role("dialog").get_by_role("button", name=label, exact=True).click()


def run_engine(page, label, run_jobs):
    page.get_by_role("link", name=label, exact=True).click()
    confirm_in_dialog(page, label)
    expect(page.locator("#week-progress")).to_be_visible()
    run_jobs()
    expect(page.locator("#week-progress")).to_have_count(0, timeout=MILLISECONDS)


def open_week(page, console):
    page.goto(console.at("matching:weeks"))
    page.get_by_role("link", name="회차 열기").click()
    page.fill("input[name=note]", "시험 회차")
    page.get_by_role("button", name="회차 열기").click()
    page.wait_for_url(WEEK)


def test_a_round_from_its_opening_to_its_close(console, sign_in, matchmaker, members, worker, run_jobs):
    page = sign_in(matchmaker)
    open_week(page, console)
    run_with_its_progress_in_sight(page, worker)
    read_why(page)
    correct(page)
    run_engine(page, "다시 실행", run_jobs)
    assert ForbiddenPair.objects.count() == 1
    expect(page.locator("li.pair.pair-pinned")).to_have_count(1)
    add_from_a_filtered_list(page)
    swap(page)
    publish(page, run_jobs)
    record_answers(page)
    follow_the_first_pair(page)
    close(page, console)


def run_with_its_progress_in_sight(page, worker):
    page.get_by_role("link", name="엔진 실행").click()
    confirm_in_dialog(page, "엔진 실행")
    expect(page.locator("#week-progress")).to_be_visible()
    worker.start()
    expect(page.locator(".phase-current")).to_contain_text("3/5", timeout=MILLISECONDS)
    expect(page.get_by_role("link", name="실행 취소")).to_be_visible()
    worker.may_choose.set()
    expect(page.locator("li.pair")).to_have_count(COUPLES, timeout=MILLISECONDS)
    worker.join(SECONDS)
    assert MatchWeek.objects.get().status == WeekStatus.REVIEW


def read_why(page):
    """Unfold the two-way table of the first card by a key, and put it away again."""
    page.keyboard.press("j")
    page.keyboard.press("e")
    first = page.locator("li.pair").first
    expect(first.locator("table")).to_have_count(2)
    expect(first.locator(".pair-why")).to_contain_text("년생")
    page.keyboard.press("e")
    expect(first.locator("table")).to_have_count(0)


def correct(page):
    """Pin and confirm the first pair by keys, undo what was done last; forbid the last for a reason."""
    first = page.locator("li.pair").first
    page.keyboard.press("p")
    expect(first).to_have_class(re.compile("pair-pinned"))
    expect(first.locator("[data-row]")).to_be_focused()
    page.keyboard.press("c")
    expect(first.locator(".badge", has_text="확정")).to_be_visible()
    page.keyboard.press("z")
    expect(first.locator(".badge", has_text="제안")).to_be_visible()
    expect(first).to_have_class(re.compile("pair-pinned"))
    last = page.locator("li.pair").last
    last.locator("[data-row]").focus()
    page.keyboard.press("f")
    page.get_by_role("dialog").locator("textarea").fill("같은 회사")
    confirm_in_dialog(page, "금지")
    expect(page.locator("li.pair")).to_have_count(COUPLES - 1)


def add_from_a_filtered_list(page):
    """Narrow the list and begin to add a pair: the way back leads to the list as it is filtered by then."""
    page.locator("#filters select[name=source]").select_option("engine")
    page.wait_for_url(re.compile(r"source=engine"))
    filtered = page.url
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.get_by_role("link", name=re.compile(r"\d{4}-W\d\d")).click()
    expect(page).to_have_url(filtered)
    page.get_by_role("link", name="모두 해제").first.click()
    page.wait_for_url(WEEK)


def swap(page):
    """Let two pairs exchange partners, and undo it."""
    before = set(MatchHistory.objects.values_list("user_a_id", "user_b_id"))
    page.locator("li.pair").first.get_by_role("link", name="상대 바꾸기").click()
    page.get_by_role("link", name="선택").first.click()
    page.get_by_role("button", name="상대 바꾸기").click()
    page.wait_for_url(WEEK)
    expect(page.locator("#flashes")).to_contain_text("서로 바꾸었습니다")
    assert set(MatchHistory.objects.values_list("user_a_id", "user_b_id")) != before
    with page.expect_response(lambda response: "/swap/" in response.url and response.request.method == "POST"):
        page.locator("#flashes").get_by_role("button", name="실행 취소").last.click()
    expect(page.locator(".tag", has_text="수동")).to_have_count(2)
    assert set(MatchHistory.objects.values_list("user_a_id", "user_b_id")) == before


def publish(page, run_jobs):
    page.get_by_role("link", name="모두 확정").click()
    confirm_in_dialog(page, "모두 확정")
    expect(page.locator("li.pair .badge", has_text="제안")).to_have_count(0)
    count = MatchHistory.objects.count()
    page.get_by_role("link", name="공개", exact=True).click()
    expect(page.locator(".forecast")).to_contain_text(str(count))
    page.get_by_role("button", name="공개").click()
    expect(page.locator("#week-progress")).to_be_visible()
    run_jobs()
    expect(page.get_by_role("link", name="답변", exact=True)).to_be_visible(timeout=MILLISECONDS)
    assert MatchWeek.objects.get().status == WeekStatus.PUBLISHED
    assert MatchHistory.objects.filter(status="introduced").count() == count
    page.get_by_role("link", name="답변", exact=True).click()
    expect(page.locator("table.answers tbody tr")).to_have_count(count)


def record_answers(page):
    """Record from the grid what the first two say, who both accept, and that one of each other pair declines."""
    grid = page.locator("table.answers")
    for _side in range(2):
        record(page, grid.locator("tbody tr").first, "accepted")
    expect(grid.locator("tbody tr").first.locator("[data-row]")).to_have_text("쌍방 수락")
    for row in range(1, grid.locator("tbody tr").count()):
        record(page, grid.locator("tbody tr").nth(row), "declined")
    expect(grid.get_by_role("link", name="기록")).to_have_count(0)


def record(page, row, response):
    row.get_by_role("link", name="기록").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator(f"input[value={response}]").check()
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("table.answers")).to_be_visible()
    dismiss(page)


def dismiss(page):
    """Clear what was said away: it lies over the page's last lines."""
    closing = page.locator("[data-flash-close]")
    expect(closing).not_to_have_count(0)
    while closing.count():
        closing.first.click()


def follow_the_first_pair(page):
    """Open the pair that both accepted by keys; its date, its meeting days later, and what one of the two says."""
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/matching/mh_\w+/$"))
    fix_a_date(page, "강남역 카페")
    days_pass(3)
    page.reload()
    mark_met(page, days_ago=1)
    pair = MatchHistory.objects.get(status="met")
    give_feedback(page, pair.user_a_id, "대화가 즐거웠다")
    assert MatchFeedback.objects.get().rating == 4


def days_pass(days):
    """Let the round have been published earlier."""
    for rows, column in ((MatchHistory.objects.all(), "introduced_at"), (MatchWeek.objects.all(), "published_at")):
        rows.update(**{column: F(column) - timedelta(days=days)})


def close(page, console):
    page.goto(console.at("matching:weeks"))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(WEEK)
    page.get_by_role("link", name="회차 종료").click()
    confirm_in_dialog(page, "회차 종료")
    expect(page.get_by_role("link", name="회차 다시 열기")).to_be_visible()
    assert MatchWeek.objects.get().status == WeekStatus.CLOSED
