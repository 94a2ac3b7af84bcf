"""Pressing a verb on an introduction as a browser does: open its page, fill it in, send it."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

HIDDEN = ("row_version", "shown", "original")


def hidden_of(page: Any) -> dict[str, str]:
    found = {name: re.search(f'name="{name}"[^>]* value="([^"]*)"', page.text) for name in HIDDEN}
    return {name: match.group(1) for name, match in found.items() if match}


def press(client: Client, name: str, *keys: str, hidden: dict[str, str] | None = None, **given: Any) -> Any:
    """Send the form of a page with what it takes; without `hidden`, from a page that is opened now."""
    url = reverse(f"matching:{name}", args=keys)
    hidden = hidden_of(client.get(url)) if hidden is None else hidden
    return client.post(url, {**hidden, **given})


def undo(client: Client, answered: Any) -> Any:
    """Press the undo that the next page offers."""
    page = client.get(answered.url)
    action = re.search(r'<form action="([^"]*)" method="post" hx-post', page.text)
    assert action, "no undo is offered"
    return client.post(action.group(1).replace("&amp;", "&"))
