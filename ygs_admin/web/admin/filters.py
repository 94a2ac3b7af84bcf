"""Filters that an index serves: the trash, enumerations, days in Seoul."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.admin import ChoicesFieldListFilter, FieldListFilter, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.web.days import midnight

LIVE, DELETED, ALL = "live", "deleted", "all"
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class TrashFilter(SimpleListFilter):
    """Live rows unless the URL asks for the deleted ones, or for all."""

    title = _("trash")
    parameter_name = "trash"
    STATES = ((LIVE, _("Live")), (DELETED, _("Deleted")), (ALL, _("Live and deleted")))

    @classmethod
    def state(cls, request: HttpRequest) -> str:
        asked = request.GET.get(cls.parameter_name)
        return asked if asked in dict(cls.STATES) else LIVE

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        self.model_admin = model_admin
        return self.STATES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        state = self.state(request)
        return queryset if state == ALL else queryset.filter(self.model_admin.trash_condition(state))

    def choices(self, changelist: Any) -> Iterator[Any]:
        state = self.state(self.request)
        for value, label in self.STATES:
            asked = {self.parameter_name: None if value == LIVE else value}
            yield {
                "selected": value == state,
                "query_string": changelist.get_query_string(asked),
                "display": label,
            }


class OpenChoicesFilter(ChoicesFieldListFilter):
    """The known values, and one that the console does not know when the URL asks for it: the backend may write such."""

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, model_admin: Any, **rest: Any
    ) -> None:
        super().__init__(field, request, params, model, model_admin, **rest)
        self.column = model_admin.indexed(field.name)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if asked := self.used_parameters.get(self.lookup_kwarg):
            queryset = queryset.filter(**{f"{self.column}__in": asked})
        is_null: Any = self.used_parameters.get(self.lookup_kwarg_isnull)
        if is_null:
            queryset = queryset.filter(**{f"{self.column}__isnull": is_null[-1]})
        return queryset

    def choices(self, changelist: Any) -> Iterator[Any]:
        yield from super().choices(changelist)
        known = dict(self.field.flatchoices)
        for value in self.lookup_val or ():
            if value not in known:
                query = changelist.get_query_string({self.lookup_kwarg: value}, [self.lookup_kwarg_isnull])
                yield {"selected": True, "query_string": query, "display": value}


class DayFilter(FieldListFilter):
    """First and last day, both included, as days in Seoul; the condition stays on the bare column."""

    template = "admin/day_filter.html"

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, model_admin: Any, **rest: Any
    ) -> None:
        self.first_parameter = f"{rest['field_path']}__from"
        self.last_parameter = f"{rest['field_path']}__to"
        super().__init__(field, request, params, model, model_admin, **rest)
        self.column = model_admin.indexed(field.name)

    def expected_parameters(self) -> list[str | None]:
        return [self.first_parameter, self.last_parameter]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if first := self._day(self.first_parameter):
            queryset = queryset.filter(**{f"{self.column}__gte": midnight(first)})
        if last := self._day(self.last_parameter):
            queryset = queryset.filter(**{f"{self.column}__lt": midnight(last + timedelta(days=1))})
        return queryset

    def choices(self, changelist: Any) -> Iterator[Any]:
        self.kept = [
            (name, value)
            for name, values in changelist.filter_params.items()
            for value in ([values] if isinstance(values, str) else values)
            if name not in self.expected_parameters()
        ]
        asked = self._typed(self.first_parameter), self._typed(self.last_parameter)
        for label, first, last in _periods(timezone.localdate()):
            period = {self.first_parameter: first, self.last_parameter: last}
            yield {
                "selected": asked == (first or "", last or ""),
                "query_string": changelist.get_query_string(period),
                "display": label,
            }

    @property
    def first(self) -> str:
        return self._typed(self.first_parameter)

    @property
    def last(self) -> str:
        return self._typed(self.last_parameter)

    def _typed(self, parameter: str) -> str:
        typed: Any = self.used_parameters.get(parameter, [""])
        return str(typed[-1])

    def _day(self, parameter: str) -> date | None:
        typed = self._typed(parameter)
        if not typed:
            return None
        try:
            day = date.fromisoformat(typed)
        except ValueError as error:
            raise IncorrectLookupParameters from error
        if not EARLIEST <= day <= LATEST:
            raise IncorrectLookupParameters
        return day


def _periods(today: date) -> Iterator[tuple[Any, str | None, str | None]]:
    yield _("Any date"), None, None
    yield _("Today"), f"{today}", f"{today}"
    yield _("Past 7 days"), f"{today - timedelta(days=6)}", f"{today}"
    yield _("This month"), f"{today.replace(day=1)}", f"{today}"
    yield _("This year"), f"{today.replace(month=1, day=1)}", f"{today}"
