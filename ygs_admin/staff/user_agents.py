"""The browser's and the system's name, as far as a person needs them to recognise a session."""

import re

BROWSERS = (("Edg", "Edge"), ("SamsungBrowser", "Samsung Internet"), ("Whale", "Whale"), ("OPR", "Opera"),
            ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def browser_name(user_agent: str) -> str:
    """Return `Chrome 131 · Windows`; the first word of what nobody knows, empty for nothing."""
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    for sign, name in BROWSERS:
        found = re.search(rf"{sign}/(\d+)", user_agent)
        if found:
            return " · ".join(filter(None, [f"{name} {found[1]}", system]))
    return user_agent[:40]
