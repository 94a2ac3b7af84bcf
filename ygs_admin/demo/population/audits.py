"""The access record of the past: who opened a sign-up, who decided it, who looked at a member since."""

from datetime import datetime, timedelta
from random import Random

from .clock import in_office_hours
from .contracts import StaffRef
from .draws import happens
from .identifiers import seeded_id
from .people import Person
from .rows import AuditRow, Json
from .staff_phrases import DELETIONS, SIGN_UP_REJECTIONS, SUSPENSIONS, WITHDRAWALS
from .world import World

LOOKED_AT_AGAIN = 0.35
_BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Edg/140.0.0.0",
)
_HEX = "0123456789abcdef"


class _Record:
    """Collects one member's rows."""

    def __init__(self, world: World, person: Person) -> None:
        self.rng: Random = world.stream("audits", person.index)
        self.person = person
        self.rows: list[AuditRow] = []

    def add(
        self, action: str, actor: StaffRef, at: datetime, reason: str | None = None, detail: Json | None = None
    ) -> None:
        self.rows.append(
            AuditRow(
                id=seeded_id("aud", at, self.rng),
                actor_id=actor.id,
                actor_name=actor.name,
                action=action,
                user_id=self.person.id,
                resource_type="users",
                resource_id=self.person.id,
                reason=reason,
                ip_address=f"192.0.2.{sum(map(ord, actor.id)) % 200 + 20}",  # the block that RFC 5737 sets aside
                user_agent=_BROWSERS[sum(map(ord, actor.id)) % len(_BROWSERS)],
                request_id="".join(self.rng.choices(_HEX, k=32)),
                detail=detail,
                created_at=at,
            )
        )


def audit_rows(world: World, person: Person) -> list[AuditRow]:
    """Return the rows about one member, oldest first."""
    record = _Record(world, person)
    if person.decided_at:
        _decision(world, record, person.decided_at)
    if person.left_at:
        _leaving(world, record, person.left_at)
    if person.deleted_at:
        manager = record.rng.choice(world.with_role("manager"))
        record.add("delete", manager, person.deleted_at, record.rng.choice(DELETIONS))
    if happens(LOOKED_AT_AGAIN, record.rng):
        _later_look(world, record)
    return sorted(record.rows, key=lambda row: row.created_at)


def _decision(world: World, record: _Record, decided_at: datetime) -> None:
    reviewer = record.rng.choice(world.with_role("reviewer"))
    opened_at = max(record.person.created_at, decided_at - timedelta(minutes=record.rng.uniform(1, 25)))
    record.add("view", reviewer, opened_at)
    if record.person.is_rejected:
        reason = record.rng.choice(SIGN_UP_REJECTIONS)
        record.add("reject", reviewer, decided_at, reason, {"status": ["pending", "rejected"]})
    else:
        record.add("approve", reviewer, decided_at, None, {"status": ["pending", "approved"]})


def _leaving(world: World, record: _Record, left_at: datetime) -> None:
    manager = record.rng.choice(world.with_role("manager"))
    status = record.person.status
    reason = record.rng.choice(SUSPENSIONS if status == "suspended" else WITHDRAWALS)
    record.add("update", manager, left_at, reason, {"status": ["approved", status]})


def _later_look(world: World, record: _Record) -> None:
    since, until = record.person.decided_at or record.person.created_at, record.person.gone_at or world.now
    if until <= since:
        return
    at = in_office_hours(since + (until - since) * record.rng.random(), record.rng)
    if at <= until:
        record.add("view", record.rng.choice(world.with_role("matchmaker")), at)
