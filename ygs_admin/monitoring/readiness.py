"""What the console can reach: the primary, each replica, the storage."""

import time
from typing import Any

from ygs_admin import storage
from ygs_admin.db.replication.choosing import breaker_of, choose_without_primary
from ygs_admin.db.replication.health import PrimaryHealth, ReplicaHealth
from ygs_admin.db.replication.observer import observer
from ygs_admin.storage import StorageError

PROBE = "readyz"
STORAGE_SECONDS = 10.0

_storage: tuple[float, bool] = (0.0, False)


def report() -> dict[str, Any]:
    """Return the state of everything, as JSON has it.

    `status`: `ok`; `degraded` where the console serves with less, reading alone or without photos; `down` where it can
    serve nobody.
    """
    replicas = {alias: describe_replica(alias, health) for alias, health in observer.health().items()}
    primary = describe_primary(observer.primary)
    stores = storage_answers()
    parts = [primary["ok"], stores, *(replica["ok"] for replica in replicas.values())]
    can_read = primary["ok"] or choose_without_primary() is not None
    status = "down" if not can_read else "ok" if all(parts) else "degraded"
    return {"status": status, "primary": primary, "replicas": replicas, "storage": {"ok": stores}}


def describe_primary(health: PrimaryHealth) -> dict[str, Any]:
    return {"ok": health.position is not None, "problem": health.problem, "latency_ms": _milliseconds(health.latency)}


def describe_replica(alias: str, health: ReplicaHealth) -> dict[str, Any]:
    return {
        "ok": health.is_usable,
        "problem": health.problem or ("" if health.is_usable else "not looked at lately"),
        "receiving": health.is_receiving,
        "lag_bytes": health.lag_bytes,
        "lag_seconds": None if health.lag_seconds is None else round(health.lag_seconds, 3),
        "latency_ms": _milliseconds(health.latency),
        "breaker": breaker_of(alias).state.value,
    }


def storage_answers() -> bool:
    """Tell whether S3 answers; asked at most every ten seconds."""
    global _storage  # noqa: PLW0603 - one process asks once for all of its threads
    asked_at, answered = _storage
    if time.monotonic() - asked_at > STORAGE_SECONDS or not asked_at:
        try:
            storage.exists(PROBE)
            answered = True
        except StorageError:
            answered = False
        _storage = time.monotonic(), answered
    return answered


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)
