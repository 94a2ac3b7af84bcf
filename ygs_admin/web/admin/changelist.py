"""The list of a table: totally ordered, sorted only by what an index serves, counted up to a bound."""

from typing import Any, Literal

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.http import HttpRequest

NUL = "\x00"


class BoundedChangeList(ChangeList):
    model_admin: Any  # A SharedAdmin: it says by which columns a list may be sorted, and in which order it stands.
    sortable_by: Any

    def get_filters(self, request: HttpRequest) -> Any:
        if any(NUL in value for values in self.get_filters_params().values() for value in values):
            raise IncorrectLookupParameters  # PostgreSQL has no such text.
        return super().get_filters(request)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.page_num = self.paginator.validate_number(self.page_num)

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Return one sortable column and the key, both in one direction, so that one index serves both.

        A list whose columns can't be sorted keeps its default order, whatever the URL asks for.
        """
        asked = self._asked_column()
        if asked is None:
            return list(self.model_admin.default_order(request))
        name, sign = asked
        return [f"{sign}{self.model_admin.indexed(name)}", f"{sign}pk"]

    def get_ordering_field_columns(self) -> dict[int, Literal["desc", "asc"]]:
        asked = self._asked_column()
        if asked is None:
            return {}
        name, sign = asked
        return {list(self.list_display).index(name): "desc" if sign else "asc"}

    def _asked_column(self) -> tuple[str, str] | None:
        """Return the first column of the URL that may be sorted by, and `-` for descending."""
        for part in self.params.get(ORDER_VAR, "").split("."):
            position = part.removeprefix("-")
            if not (position.isascii() and position.isdigit() and int(position) < len(self.list_display)):
                continue
            name: Any = self.list_display[int(position)]
            if name in self.sortable_by:
                return name, "-" if part.startswith("-") else ""
        return None
