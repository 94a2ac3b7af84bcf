from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from ygs_admin.testing import chromium
from ygs_admin.testing.chromium import ChromiumMissingError, Troubles, find_chromium


def test_page_of_each_person_has_cookies_of_its_own(open_page: Callable[..., Page]) -> None:
    first, second = open_page(), open_page()
    first.context.add_cookies([{"name": "session", "value": "first", "url": "http://127.0.0.1"}])
    assert second.context.cookies() == []
    assert first.evaluate("navigator.language") == "ko-KR"


def test_errors_of_a_page_are_noticed(browser: Browser) -> None:
    page, troubles = browser.new_page(), Troubles()
    troubles.watch(page)
    page.set_content("<script>console.error('said'); undefined.property</script><img src='http://127.0.0.1:1/none'>")
    page.wait_for_load_state("load")
    page.close()
    assert sorted(trouble.partition(":")[0] for trouble in troubles.seen) == ["console", "request", "script"]


@pytest.mark.usefixtures("browser")
def test_missing_chromium_is_an_error_that_names_every_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    for attempt in ("_of_the_system", "_of_debian"):
        monkeypatch.setattr(chromium, attempt, lambda attempts: attempts.append("- tried"))
    monkeypatch.setattr(chromium, "_of_playwright", lambda _playwright: lambda attempts: attempts.append("- tried"))
    with pytest.raises(ChromiumMissingError, match="- tried\n- tried\n- tried"):
        find_chromium(None)  # type: ignore[arg-type]
