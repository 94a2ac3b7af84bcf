"""The ledger of the present term: what it granted, and what was used of it."""

from collections.abc import Iterator

from ..identifiers import seeded_id
from ..rows import LedgerRow, SubscriptionRow
from ..world import World
from .pairing import Participant


def ledger_rows(world: World, subscription: SubscriptionRow, participant: Participant) -> Iterator[LedgerRow]:
    """Yield the entries as the console would have made them, so that what is canceled is given back."""
    rng = world.stream("ledger", participant.person.index)
    total = subscription.introductions_total
    moments = [(subscription.starts_at, None), *((use.at, use.introduction_id) for use in participant.uses)]
    for used, (at, introduction_id) in enumerate(moments):
        publisher = rng.choice(world.with_role("matchmaker")) if introduction_id else None
        yield LedgerRow(
            id=seeded_id("led", at, rng),
            subscription_id=subscription.id,
            position=used + 1,
            kind="used" if introduction_id else "granted",
            delta=-1 if introduction_id else total or 0,
            total_after=total,
            used_after=used,
            match_history_id=introduction_id,
            occasion=1,
            actor_id=publisher.id if publisher else None,
            actor_name=publisher.name if publisher else None,
            reason=None,
            created_at=at,
        )
