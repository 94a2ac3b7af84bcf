"""How the nodes of the database are, as the console judges them."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ygs_admin.db.replication.health import PrimaryHealth, ReplicaHealth
from ygs_admin.db.replication.observer import Observer

SOME_ILL, PRIMARY_DOWN = 1, 2
HEAD = ("node", "state", "position", "lag", "behind", "answers in")


class Command(BaseCommand):
    help = (
        "Look at the primary and at each replica, and say whether reads may go there. Exit code: 0 all are well, 1 a "
        "replica is not, 2 the primary does not answer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        seen = Observer()
        seen.look_now()
        if options["json"]:
            nodes = {alias: _replica(health) for alias, health in seen.replicas.items()}
            self.stdout.write(json.dumps({"primary": _primary(seen.primary), "replicas": nodes}))
        else:
            self.stdout.write(_table([HEAD, _row("primary", _primary(seen.primary)), *_replica_rows(seen)]))
        if seen.primary.position is None:
            sys.exit(PRIMARY_DOWN)
        if not all(health.is_usable for health in seen.replicas.values()):
            sys.exit(SOME_ILL)


def _primary(health: PrimaryHealth) -> dict[str, Any]:
    return {
        "ok": health.position is not None,
        "problem": health.problem,
        "position": str(health.position) if health.position else None,
        "latency_ms": round(health.latency * 1000, 2),
    }


def _replica(health: ReplicaHealth) -> dict[str, Any]:
    return {
        "ok": health.is_usable,
        "problem": health.problem,
        "position": str(health.position) if health.position else None,
        "lag_seconds": health.lag_seconds,
        "lag_bytes": health.lag_bytes,
        "latency_ms": round(health.latency * 1000, 2),
    }


def _replica_rows(seen: Observer) -> list[tuple[str, ...]]:
    return [_row(alias, _replica(health)) for alias, health in seen.replicas.items()]


def _row(name: str, node: dict[str, Any]) -> tuple[str, ...]:
    lag, size = node.get("lag_seconds"), node.get("lag_bytes")
    return (
        name,
        node["problem"] or "ok",
        node["position"] or "-",
        "-" if lag is None else f"{lag:.1f} s",
        "-" if size is None else f"{size:,} bytes",
        f"{node['latency_ms']} ms",
    )


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
