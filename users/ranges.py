"""What is wished for as a range, in words."""

from django.utils.translation import gettext as _


def in_range(low: object, high: object, text: str) -> str:
    """Return a range in words; `text` writes a bound, `%(bound)s cm`. Empty where neither end is stated."""
    if low is None and high is None:
        return ""
    if high is None:
        return _("from %(bound)s") % {"bound": text % {"bound": low}}
    if low is None:
        return _("up to %(bound)s") % {"bound": text % {"bound": high}}
    return text % {"bound": low if low == high else f"{low}–{high}"}


def at_least(label: str | None) -> str:
    return _("%(least)s or more") % {"least": label} if label else ""
