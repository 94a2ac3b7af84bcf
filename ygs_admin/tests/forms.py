"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """Where a form goes and what it says when nothing is changed: (name, value) in the page's order."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects forms, also fields that name their form by `form=`."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form(given.get("action") or self.address, given.get("method", "get").lower())
            self.forms.append(self.inside)
        elif self.inside is not None and given.get("name") and tag in {"input", "textarea", "select", "button"}:
            self.inside.fields.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


def forms_of(html: str, address: str) -> list[Form]:
    reader = _Reader(address)
    reader.feed(html)
    return reader.forms
