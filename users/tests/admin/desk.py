"""The Django admin as its user has it: pages by row, and a form posted as a browser would post it."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.admin.utils import quote
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from ygs_admin.staff.models import Staff


class FormReader(HTMLParser):
    """Collects what a browser would send of the last form of a page that is posted."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = QueryDict(mutable=True)
        self._select: str | None = None
        self._text: str | None = None
        self._typed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "form" and given.get("method") == "post":
            self.sent = QueryDict(mutable=True)
        elif tag == "input" and name and given.get("type") != "submit":
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self.sent.appendlist(name, given.get("value") or ("on" if given.get("type") == "checkbox" else ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.sent.appendlist(self._select, given.get("value") or "")
        elif tag == "textarea":
            self._text, self._typed = name, ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self._typed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            # The line break after the tag is not part of the text, and browsers send CR LF.
            self.sent[self._text] = self._typed.removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
            self._text = None
        elif tag == "select":
            self._select = None


def form_of(response: Any) -> QueryDict:
    """Return what a browser would post from the page as it came."""
    reader = FormReader()
    reader.feed(response.text)
    return reader.sent


def page(model: type, view: str, *keys: str) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=[quote(key) for key in keys])  # type: ignore[attr-defined]


class Desk:
    """A browser in which somebody has signed in."""

    def __init__(self, staff: Staff) -> None:
        self.client = Client()
        self.client.force_login(staff)

    def get(self, url: str, **asked: Any) -> Any:
        return self.client.get(url, asked)

    def open(self, row: Any) -> Any:
        return self.client.get(page(type(row), "change", row.pk))

    def save(self, opened: Any, **changed: Any) -> Any:
        """Post the form of an opened page after changing these fields; None sends a field not at all."""
        sent = form_of(opened)
        for name, value in changed.items():
            sent.pop(name, None)
            if value is not None:
                sent.setlist(name, value if isinstance(value, list) else [value])
        return self.client.post(opened.request["PATH_INFO"], sent.urlencode(), "application/x-www-form-urlencoded")

    def rows(self, model: type, **asked: Any) -> list[Any]:
        """Return the rows that a list shows."""
        return list(self.get(page(model, "changelist"), **asked).context["cl"].result_list)

    def act(self, model: type, action: str, rows: Any, asked: str = "", **more: Any) -> Any:
        """Choose an action for these rows of a list whose address ends in `asked`."""
        sent = {"action": action, "_selected_action": [row.pk for row in rows], "index": "0", **more}
        return self.client.post(f"{page(model, 'changelist')}{asked}", sent)
