"""Pages whose cost does not grow with the table: a count that stops at a bound, and choices that count nothing."""

from functools import cached_property
from math import ceil
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.formats import number_format

from ygs_admin.web.keyset import COUNT_BOUND, bounded_count


class BoundedPaginator(Paginator):
    """Pages of the first `COUNT_BOUND` rows. A page number outside of them is taken as the nearest one inside."""

    @cached_property
    def count(self) -> int:
        """Return the number of rows; `COUNT_BOUND` + 1 says that there are more than that."""
        return bounded_count(self.object_list)  # type: ignore[arg-type]

    @cached_property
    def num_pages(self) -> int:
        return max(1, ceil(min(self.count, COUNT_BOUND) / self.per_page))

    @property
    def is_bounded(self) -> bool:
        """Tell whether there are more rows than the pages show."""
        return self.count > COUNT_BOUND

    @property
    def count_label(self) -> str:
        """`1,000+` beyond the bound."""
        shown = number_format(min(self.count, COUNT_BOUND), force_grouping=True)
        return f"{shown}+" if self.is_bounded else str(shown)

    def validate_number(self, number: Any) -> int:
        try:
            return min(max(1, int(number)), self.num_pages)
        except (TypeError, ValueError):
            return 1


class ChoicesPage(Page):
    """A page that knows whether another follows because one row more was read."""

    def __init__(self, object_list: Any, number: int, paginator: "ChoicesPaginator") -> None:
        read = list(object_list)
        super().__init__(read[: paginator.per_page], number, paginator)
        self._has_next = len(read) > paginator.per_page and number < paginator.num_pages

    def has_next(self) -> bool:
        return self._has_next


class ChoicesPaginator(Paginator):
    """Pages for an autocomplete: no count, one query each, and an end to scrolling."""

    num_pages = 50

    def validate_number(self, number: Any) -> int:
        return min(max(1, int(number)), self.num_pages)

    def page(self, number: Any) -> ChoicesPage:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return ChoicesPage(self.object_list[first : first + self.per_page + 1], number, self)
