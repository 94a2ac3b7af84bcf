"""Numbers of a round as templates show them."""

from django import template

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """`0.3449` → `34%`."""
    return f"{round(share * 100)}%"
