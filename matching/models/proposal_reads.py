"""Reading the pairs of a round, and what became of earlier ones."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.db.models import Q

from ygs_admin.db.soft_delete import SoftDeleteQuerySet

from .introduction_status import UNSENT, IntroductionStatus, Source

CARD = ("profile", "lifestyle", "subscription")
"""What a card of two persons shows of each beside the member."""
OPEN = (
    IntroductionStatus.INTRODUCED,
    IntroductionStatus.ACCEPTED,
    IntroductionStatus.DATE_FIXED,
    IntroductionStatus.DATING,
    IntroductionStatus.MARRIED,
)
"""Whoever is in one of these is not free: it is not answered, met or ended yet, or it went well."""


class ProposalQuerySet(SoftDeleteQuerySet):
    def of_week(self, week: Any) -> Self:
        return self.filter(match_week=week)

    def with_members(self) -> Self:
        """Read both members, with what a card shows of each, in the same query."""
        return self.select_related(*(f"{member}__{part}" for member in ("user_a", "user_b") for part in CARD))

    def unsent(self) -> Self:
        """Narrow to the pairs that neither of the two knows of yet."""
        return self.filter(status__in=UNSENT)

    def kept(self) -> Self:
        """Narrow to the unsent pairs that another run leaves as they are: staff have had a hand in them."""
        by_staff = Q(is_pinned=True) | Q(status=IntroductionStatus.CONFIRMED) | Q(source=Source.MANUAL)
        return self.unsent().filter(by_staff)

    def touching(self, user_ids: Collection[str]) -> Self:
        """Narrow to the pairs of which one of these members is a side."""
        return self.filter(Q(user_a__in=user_ids) | Q(user_b__in=user_ids))

    def of_pair(self, first: str, second: str) -> Self:
        return self.filter(user_a=min(first, second), user_b=max(first, second))

    def ever_introduced(self, before: datetime | None = None) -> Self:
        """Narrow to the pairs that were introduced, whatever became of it.

        Ask it of `all_objects`: an introduction that was deleted since has taken place all the same, and a proposal
        that was dropped, or canceled before it was sent, has not. Where the backend stamped no `introduced_at`, the
        status tells.
        """
        if before is not None:
            return self.filter(introduced_at__lt=before)
        not_sent = (*UNSENT, IntroductionStatus.CANCELED)
        return self.filter(Q(introduced_at__isnull=False) | ~Q(status__in=not_sent))

    def open_introductions(self) -> Self:
        return self.filter(status__in=OPEN)
