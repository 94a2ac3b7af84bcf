"""The kinds of background jobs. Apps further up register theirs, so that this one need know none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from ygs_admin.staff.models import Staff

    from .models import Job
    from .run import Run


@dataclass(frozen=True)
class Step:
    """What can be done next about a job: a link on its page."""

    label: str | Promise
    url: str


def _nothing(_job: "Job") -> str:
    return ""


def _no_steps(_job: "Job", _staff: "Staff") -> Sequence[Step]:
    return ()


def _nowhere(_subject_id: str) -> str:
    return ""


def _nothing_to_undo(_job: "Job") -> None:
    pass


@dataclass(frozen=True)
class JobKind:
    """One kind of job.

    `permission` is needed to start it, while it runs, and to fetch its file. `run` does the work; whatever it does
    before it is killed must bear being done once more, or be done in `run.holding()` together with a note of it.
    """

    key: str
    label: str | Promise
    permission: str
    run: "Callable[[Run], None]"
    describe: "Callable[[Job], str]" = _nothing
    """Says in a line what this one is about, to who started it."""
    steps: "Callable[[Job, Staff], Sequence[Step]]" = _no_steps
    """Says what this person can do next about this one."""
    subject_url: Callable[[str], str] = _nowhere
    """Says where the page of a person is who is an item's subject; whoever is listed is noted as shown."""
    cut_short: "Callable[[Job], None]" = _nothing_to_undo
    """Called in the transaction in which a job ends otherwise than well, however it does: undoes what marked its
    beginning. It may be called when the job never ran."""


_kinds: dict[str, JobKind] = {}


def register_kind(kind: JobKind) -> JobKind:
    """Let jobs of this kind be started. Call it while apps get ready: in workers too."""
    _kinds[kind.key] = kind
    return kind


def note_cut_short(job: "Job") -> None:
    """Let the kind know that its job ends otherwise than well. Call it in the transaction in which it does."""
    kind = _kinds.get(job.kind)
    if kind is not None:
        kind.cut_short(job)


def kind_of(key: str) -> JobKind | None:
    """Return the kind, None where a newer version of the console has started one that this version does not know."""
    return _kinds.get(key)
