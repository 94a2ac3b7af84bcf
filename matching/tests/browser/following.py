"""What a person does on an introduction's page in the browser."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

LATER = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT19:00")


def side(page: Page, user_id: str) -> Locator:
    return page.locator(f"[data-side={user_id}]")


def ask(page: Page, key: str) -> Locator:
    """Open a verb's question in the dialog."""
    link = page.locator(f"#introduction a[href$='/{key}/']")
    if not link.is_visible():
        page.locator("#introduction summary").click()
    link.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(f"form[data-verb={key}]")).to_be_visible()
    return dialog


def send(dialog: Locator) -> None:
    dialog.locator("[type=submit]").click()
    expect(dialog).to_be_hidden()


def fix_a_date(page: Page, place: str) -> None:
    dialog = ask(page, "fix-date")
    dialog.locator("input[name=meets_at]").fill(LATER)
    dialog.locator("input[name=place]").fill(place)
    send(dialog)
    expect(page.locator("#introduction")).to_contain_text(place)


def mark_met(page: Page, days_ago: float) -> None:
    dialog = ask(page, "mark-met")
    met_at = timezone.localtime() - timedelta(days=days_ago)
    dialog.locator("input[name=at]").fill(met_at.strftime("%Y-%m-%dT%H:%M"))
    send(dialog)


def give_feedback(page: Page, user_id: str, comment: str) -> None:
    side(page, user_id).locator("a[href*='/feedback/']").click()
    page.locator("input[name=rating][value='4']").check()
    page.locator("input[name=tags]").first.check()
    page.locator("textarea[name=comment]").fill(comment)
    page.locator("main [type=submit]").click()
    expect(side(page, user_id)).to_contain_text(comment)


def focused(page: Page) -> Locator:
    return page.locator("[data-row]:focus")
