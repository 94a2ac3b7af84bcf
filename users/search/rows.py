"""Scopes over the console's index of members."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, Value, When

from .query import Understood


class MemberSearchQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        return self.filter(is_deleted=False)

    def deleted(self) -> Self:
        return self.filter(is_deleted=True)

    def matching(self, understood: Understood | None) -> Self:
        """Narrow to the members whom a search means; None narrows nothing."""
        return self if understood is None else self.filter(understood.condition())

    def in_district(self, name: str) -> Self:
        """Narrow to a district (`서울 강남구`), or to all districts that begin like this (`서울`, `경기 성남`)."""
        return self.filter(district__startswith=name)

    def gathered(self, at_most: int) -> Self:
        """Return these rows, none narrowed further, to be ordered by whatever; the caller knows that they are few.

        PostgreSQL then finds them by what was asked, and orders them afterwards. Left the choice, it takes the order of
        the list for a short cut, and where name and filter hang together reads all members for the few that fit.
        """
        few: Self = self.model._default_manager.filter(pk__in=self.order_by().values("pk")[:at_most])
        return few

    def ranked(self, understood: Understood) -> Self:
        """Add `rank`: 0 where the phone number ends in the digits that were typed, else 1."""
        ends = When(phone__endswith=understood.text, then=Value(0))
        return self.annotate(rank=Case(ends, default=Value(1), output_field=models.IntegerField()))
