"""Opens a request's choice of where to read, and gives it a second one where a replica fails it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse

from .aliases import PRIMARY
from .replication.choosing import breaker_of, choose_without_primary
from .replication.position import Position, position_of, somewhere_later
from .replication.signals import fell_back, request_routed
from .replication.tokens import Tokens, read_tokens, send_token
from .routing import Reads, current_reads, reading_from_replica, reading_without_primary, using_primary

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class OnceMore(HttpResponse):
    """Stands for the page that a node has failed, until the request is run once more. Nobody sees it."""

    status_code = 503


class RoutingMiddleware:
    """Reads of safe methods go to a replica that has replayed what the browser has written; all else to the primary.

    A safe request whose replica fails is run once more on the primary; one whose primary fails, on a replica alone. The
    log's position after a write goes back with the response.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tokens = read_tokens(request)
        with self._first_choice(request, tokens) as reads:
            response = self.get_response(request)
        if reads.failed and is_safe(request) and not reads.is_read_only:
            reads, response = self._once_more(request, reads)
        elif reads.chosen != PRIMARY and reads.queries[reads.chosen]:
            breaker_of(reads.chosen).succeed()
        request_routed.send(sender=type(self), reads=reads)
        if settings.EXPOSE_DATABASE_ALIAS:
            _expose(response, reads)
        if reads.must_be_read_back:
            send_token(response, _position_after_write(), tokens)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that failed with its node: its error is no error of the console's."""
        reads = current_reads()
        if reads is not None and reads.failed and is_safe(request) and not reads.is_read_only:
            return OnceMore()
        return None

    def _once_more(self, request: HttpRequest, failed: Reads) -> tuple[Reads, HttpResponse]:
        alone = choose_without_primary() if PRIMARY in failed.failed else None
        with reading_without_primary(alone) if alone else using_primary(failed.positions) as again:
            response = self.get_response(request)
        again.take_over(failed)
        fell_back.send(sender=type(self), aliases=failed.failed)
        return again, response

    def _first_choice(self, request: HttpRequest, tokens: Tokens) -> AbstractContextManager[Reads]:
        if not is_safe(request):
            return using_primary(tokens.positions)
        if alone := choose_without_primary():
            return reading_without_primary(alone)
        return reading_from_replica(tokens.positions)


def is_safe(request: HttpRequest) -> bool:
    return request.method in SAFE_METHODS


def _expose(response: HttpResponse, reads: Reads) -> None:
    """Say in headers which alias served the reads, and how many statements each alias had."""
    response["X-Database-Alias"] = reads.chosen
    response["X-Database-Queries"] = ", ".join(f"{alias}={count}" for alias, count in sorted(reads.queries.items()))


def _position_after_write() -> Position:
    """Return how far the log is after the request's last commit; a primary that is gone since counts for later."""
    try:
        return position_of(connections[PRIMARY])
    except Error:
        return somewhere_later()
