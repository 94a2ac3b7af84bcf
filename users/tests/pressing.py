"""Pressing a verb on a subscription as a browser does: open its page, fill it in, send it."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from users.models import User
from users.subscriptions.verbs import SUBSCRIPTION_VERBS

GIVEN = {
    "start": {"plan": "standard"},
    "change-plan": {"plan": "standard", "reason": "상향"},
    "extend": {"days": "7", "reason": "사과"},
    "pause": {"reason": "출장"},
    "cancel": {"fault": "member", "reason": "변심"},
}
HIDDEN = ("row_version", "shown", "agreed")


def url_of(key: str, member: User) -> str:
    return reverse(SUBSCRIPTION_VERBS[key].url_name, args=[member.pk])


def hidden_of(page: Any) -> dict[str, str]:
    """Return the hidden values that the page carries; a member without a subscription has no version."""
    found = {name: re.search(f'name="{name}"[^>]* value="([^"]*)"', page.text) for name in HIDDEN}
    return {name: match.group(1) for name, match in found.items() if match}


def press(client: Client, key: str, member: User, hidden: dict[str, str] | None = None, **given: str) -> Any:
    """Send the verb's form with what it takes; without `hidden`, from a page that is opened now."""
    hidden = hidden_of(client.get(url_of(key, member))) if hidden is None else hidden
    return client.post(url_of(key, member), {**hidden, **GIVEN.get(key, {}), **given})
