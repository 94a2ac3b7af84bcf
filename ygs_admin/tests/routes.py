"""Every URL of the console, read from the URL configuration."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern


@dataclass(frozen=True)
class Route:
    """One pattern; `name` is what `reverse` takes."""

    name: str
    pattern: URLPattern
    above: tuple[URLResolver, ...] = ()

    @property
    def parameters(self) -> dict[str, str]:
        """Return the name of each parameter → the prefix of the ids that it takes, empty for other values."""
        found: dict[str, str] = {}
        for part in (*self.above, self.pattern):
            found |= _parameters(part.pattern)
        return found

    @cached_property
    def admin_model(self) -> type[models.Model] | None:
        """Return the model of a page of the Django admin."""
        for model in admin.site._registry:
            if self.name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
                return model
        return None


def _parameters(pattern: Any) -> dict[str, str]:
    if isinstance(pattern, RegexPattern):
        return dict.fromkeys(pattern.regex.groupindex, "")
    return {name: _prefix(converter) for name, converter in pattern.converters.items()}


def _prefix(converter: Any) -> str:
    name = type(converter).__name__
    return name.removesuffix("IdConverter").lower() if name.endswith("IdConverter") else ""


def every_route() -> list[Route]:
    """Return the routes by name; what the Django admin does with addresses that it does not know stands there once."""
    routes = {route.name: route for route in _walk(get_resolver().url_patterns, (), ())}
    return [routes[name] for name in sorted(routes)]


def _walk(patterns: list[Any], namespaces: tuple[str, ...], above: tuple[URLResolver, ...]) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner, (*above, pattern))
        else:
            yield Route(":".join((*namespaces, pattern.name or str(pattern.pattern))), pattern, above)


class NoSampleError(AssertionError):
    """A URL wants a value that `samples.py` does not know: say there what it should be."""


def address(route: Route, samples: dict[str, Any]) -> str:
    """Return the address of a route with the samples' ids in it, and the query without which it names nothing."""
    if route.pattern.name is None:
        # The Django admin's page for what no other pattern of it takes.
        return reverse("admin:index") + "no-such-page/"
    wanted = route.parameters.items()
    url = reverse(route.name, kwargs={name: _value(route, name, prefix, samples) for name, prefix in wanted})
    query = samples.get(f"{route.name}?")
    return asking(url, query) if query else url


def asking(url: str, query: str) -> str:
    """Return an address with a query beside what it asks for already."""
    return f"{url}{'&' if '?' in url else '?'}{query}"


def _value(route: Route, parameter: str, prefix: str, samples: dict[str, Any]) -> Any:
    for key in (f"{prefix}:{parameter}", prefix, route.admin_model and route.admin_model._meta.label, parameter):
        if key in samples:
            return samples[key]
    raise NoSampleError(f"{route.name} wants {parameter!r}")
