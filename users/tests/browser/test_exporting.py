"""An export in the browser: from a filtered list, past its progress, to the file in one's hands."""

import csv
import threading

import pytest
from django.db import connections
from playwright.sync_api import expect

from users.interchange import formats, selection
from users.models import UserAccessAudit
from ygs_admin.jobs.models import Job
from ygs_admin.testing.queue import work_off

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

SECONDS = 30
MILLISECONDS = 1000 * SECONDS


@pytest.fixture
def members(make_member, console):
    for number in range(3):
        make_member(name=f"김대기{number}", status="pending")
    make_member(name="이승인", status="approved")
    console.settle()


class Worker(threading.Thread):
    """A worker that writes a member into the file whenever it is told to."""

    def __init__(self, monkeypatch):
        super().__init__(daemon=True)
        self.may_write = threading.Semaphore(1)  # the header
        monkeypatch.setattr(selection, "PAGE_SIZE", 1)
        monkeypatch.setattr("ygs_admin.jobs.run.FLUSH_SECONDS", 0)
        add = formats.CsvRows.add

        def add_when_told(rows, cells):
            assert self.may_write.acquire(timeout=SECONDS)
            add(rows, cells)

        monkeypatch.setattr(formats.CsvRows, "add", add_when_told)

    def run(self):
        work_off()
        connections.close_all()


@pytest.fixture
def worker(monkeypatch):
    worker = Worker(monkeypatch)
    yield worker
    worker.may_write.release(10)
    if worker.ident:
        worker.join(SECONDS)


def start(page, console):
    page.goto(f"{console.at('users:list')}?status=pending")
    page.get_by_role("link", name="내보내기").click()
    expect(page.get_by_text("3명입니다")).to_be_visible(timeout=MILLISECONDS)
    page.fill("textarea[name=reason]", "분기 점검")
    page.get_by_role("button", name="내보내기 시작").click()
    page.wait_for_url("**/jobs/job_*/")


def test_a_filtered_list_becomes_a_file(console, sign_in, manager, members, worker, tmp_path):
    page = sign_in(manager)
    start(page, console)
    worker.start()
    worker.may_write.release()
    expect(page.locator("#job-progress")).to_contain_text("3건 중 1건 완료", timeout=MILLISECONDS)
    expect(page.get_by_role("link", name="작업 취소")).to_be_visible(timeout=MILLISECONDS)
    worker.may_write.release(2)
    fetch = page.get_by_role("link", name=".csv 내려받기")
    expect(fetch).to_be_visible(timeout=MILLISECONDS)
    expect(page.get_by_role("link", name="작업 취소")).to_have_count(0)
    with page.expect_download() as downloading:
        fetch.click()
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)
    assert file.name == Job.objects.get().result_filename
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert [row[0] for row in csv.reader(lines)] == ["이름", "김대기0", "김대기1", "김대기2"]
    assert UserAccessAudit.objects.filter(action="download").count() == 1


def test_it_is_canceled_where_it_stands(console, sign_in, manager, members, worker):
    page = sign_in(manager)
    start(page, console)
    worker.start()
    worker.may_write.release()
    expect(page.locator("#job-progress")).to_contain_text("3건 중 1건 완료", timeout=MILLISECONDS)
    page.get_by_role("link", name="작업 취소").click()
    page.locator("#dialog").get_by_role("button", name="작업 취소").click()
    expect(page.locator("#job-progress")).to_contain_text("취소하는 중", timeout=MILLISECONDS)
    worker.may_write.release()
    expect(page.get_by_role("link", name="다시 실행")).to_be_visible(timeout=MILLISECONDS)
    expect(page.get_by_role("link", name=".csv 내려받기")).to_have_count(0)


def test_without_a_script_the_page_is_loaded_anew(console, sign_in, manager, members, worker):
    page = sign_in(manager, java_script_enabled=False)
    start(page, console)
    worker.may_write.release(9)
    worker.start()
    worker.join(SECONDS)
    page.get_by_role("link", name="새로 고침").click()
    expect(page.get_by_role("link", name=".csv 내려받기")).to_be_visible(timeout=MILLISECONDS)


def test_whoever_has_to_confirm_first_comes_back_to_the_job(console, sign_in, manager, members, worker, settings):
    page = sign_in(manager)
    start(page, console)
    worker.may_write.release(9)
    worker.start()
    fetch = page.get_by_role("link", name=".csv 내려받기")
    expect(fetch).to_be_visible(timeout=MILLISECONDS)
    settings.CONFIRM_SECONDS = 0
    page.wait_for_timeout(1100)
    fetch.click()
    page.fill("input[name=password]", "correct horse battery")
    settings.CONFIRM_SECONDS = 600
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs/job_*/")
    with page.expect_download() as downloading:
        fetch.click()
    assert downloading.value.suggested_filename.endswith(".csv")
