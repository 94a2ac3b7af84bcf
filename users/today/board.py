"""What stands on the first page, in its order.

Apps further up add theirs (`add_card`, `add_panel`) while they get ready, so that the page need not know them. Each is
loaded for those alone who have its permission, in a fixed number of queries that read no more than they show.
"""

from typing import Any

from ygs_admin.staff.models import Staff

from .card import Card, Figure, Panel
from .sign_ups import SIGN_UPS_BY_WEEK
from .waiting import DOCUMENTS, ENDING_SUBSCRIPTIONS, INSPECTIONS, SIGN_UPS

CARDS: list[Card] = [SIGN_UPS, DOCUMENTS, ENDING_SUBSCRIPTIONS, INSPECTIONS]
PANELS: list[Panel] = [SIGN_UPS_BY_WEEK]


def add_card(card: Card, *, before: str) -> None:
    """Add a card before another one."""
    CARDS.insert([known.key for known in CARDS].index(before), card)


def add_panel(panel: Panel, *, before: str) -> None:
    """Add a panel before another one."""
    PANELS.insert([known.key for known in PANELS].index(before), panel)


def cards_for(staff: Staff) -> list[tuple[Card, Figure]]:
    return [(card, card.load(staff)) for card in CARDS if staff.has_perm(card.permission)]


def panels_for(staff: Staff) -> list[tuple[Panel, Any]]:
    return [(panel, panel.load(staff)) for panel in PANELS if staff.has_perm(panel.permission)]
