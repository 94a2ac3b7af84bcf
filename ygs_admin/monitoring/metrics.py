"""Counters and histograms in the Prometheus format. They name views, statuses and nodes, and nobody.

With several worker processes `PROMETHEUS_MULTIPROC_DIR` names an empty folder that they share (see the documentation of
prometheus_client, "Multiprocess Mode"); without it each process tells of itself.
"""

import os
from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from ygs_admin.db.replication.breaker import State
from ygs_admin.db.replication.observer import observer
from ygs_admin.db.replication.signals import breaker_changed, fell_back, request_routed

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

local = CollectorRegistry()
REQUESTS = Counter("ygs_requests", "Requests by view, method and status", ("view", "method", "status"), registry=local)
LATENCY = Histogram("ygs_request_seconds", "Time to answer", ("view",), buckets=SECONDS, registry=local)
QUERIES = Counter("ygs_queries", "Statements by database", ("alias",), registry=local)
READS = Counter(
    "ygs_reads", "Requests by the database that served their reads, and why", ("alias", "why"), registry=local
)
FALLBACKS = Counter("ygs_fallbacks", "Requests run once more since a replica failed them", ("alias",), registry=local)
BREAKERS = Counter("ygs_breaker_changes", "Changes of circuit breakers", ("alias", "state"), registry=local)


class Replicas(Collector):
    """How far behind the replicas are, as this process saw them last."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        seconds = GaugeMetricFamily("ygs_replica_lag_seconds", "Lag in seconds", labels=["alias"])
        size = GaugeMetricFamily("ygs_replica_lag_bytes", "Lag in bytes of the log", labels=["alias"])
        usable = GaugeMetricFamily("ygs_replica_usable", "1 where reads may go there", labels=["alias"])
        for alias, health in observer.health().items():
            usable.add_metric([alias], float(health.is_usable))
            if health.lag_seconds is not None and health.lag_bytes is not None:
                seconds.add_metric([alias], health.lag_seconds)
                size.add_metric([alias], health.lag_bytes)
        yield from (seconds, size, usable)


def exposition() -> bytes:
    """Return all metrics, of every process where they share a folder."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Local())
    registry.register(Replicas())
    return generate_latest(registry)


class _Local(Collector):
    def collect(self) -> Iterator[Any]:
        return iter(local.collect())


@receiver(request_routed, dispatch_uid="monitoring.request_routed")
def _routed(reads: Any, **_: Any) -> None:
    READS.labels(reads.chosen, reads.why).inc()
    for alias, count in reads.queries.items():
        QUERIES.labels(alias).inc(count)


@receiver(fell_back, dispatch_uid="monitoring.fell_back")
def _fell_back(aliases: set[str], **_: Any) -> None:
    for alias in aliases:
        FALLBACKS.labels(alias).inc()


@receiver(breaker_changed, dispatch_uid="monitoring.breaker_changed")
def _breaker_changed(alias: str, state: State, **_: Any) -> None:
    BREAKERS.labels(alias, state.value).inc()
