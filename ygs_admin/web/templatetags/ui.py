"""Small drawing tags of the console: an icon, a moment in Seoul's time, the tone of a state, a flash."""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ygs_admin.web.flash import Flash, read_flash

register = template.Library()

# A state has the same tone wherever it is shown. One that is not listed, an unknown one included, is neutral.
TONES = {
    "good": {
        "approved",
        "verified",
        "active",
        "accepted",
        "completed",
        "date_fixed",
        "met",
        "dating",
        "married",
        "done",
        "published",
    },
    "warn": {"pending", "proposed", "paused", "waiting", "generating", "review"},
    "bad": {"rejected", "suspended", "declined", "no_show", "failed", "refused", "conflict"},
    "muted": {"withdrawn", "expired", "canceled", "ended", "no_answer", "deleted", "unchanged", "closed"},
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return one drawing of `img/icons.svg`; without a label it is decoration and hidden from screen readers."""
    href = f"{static('img/icons.svg')}#{name}"
    if not label:
        return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)
    return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)


@register.simple_tag
def moment(value: datetime | None) -> SafeString:
    """Return a `<time>` that reads `2026-11-23 18:54` in the current time zone, nothing for None."""
    return _time(value, "%Y-%m-%d %H:%M")


@register.simple_tag
def day(value: date | None) -> SafeString:
    """Return a `<time>` that reads `2026-11-23`; of a moment its day in the current time zone. Nothing for None."""
    return _time(value, "%Y-%m-%d")


@register.simple_tag
def language_names() -> list[tuple[str, str]]:
    """Return (code, the language's name in itself) of every language of the console."""
    names = {"ko": "한국어", "en": "English"}
    return [(code, names.get(code, code)) for code, _label in settings.LANGUAGES]


@register.filter
def tone(state: str) -> str:
    """Return the tone of a state: good, warn, bad, muted or neutral."""
    return next((name for name, states in TONES.items() if state in states), "neutral")


@register.filter
def grouped(number: int) -> str:
    """`1290000` → `1,290,000`."""
    return str(number_format(number, force_grouping=True))


@register.filter
def flash(message: Message) -> Flash:
    """Return a stored message as a flash: its text, its tone, and where it can be undone."""
    return read_flash(message)


def _time(value: date | None, pattern: str) -> SafeString:
    if not value:
        return SafeString("")
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), local.strftime(pattern))
