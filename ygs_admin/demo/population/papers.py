"""Documents that members hand in: which, in what state, and what stands on them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from .clock import in_office_hours, seoul_day
from .draws import Weighted, happens
from .identifiers import seeded_id
from .people import Person, draw_person
from .rows import DocumentRow
from .staff_phrases import REJECT_NOTES
from .world import World

CONTENT_TYPE = "image/jpeg"
TITLES = {
    "identity": "주민등록증 사본",
    "employment": "재직증명서",
    "graduation": "졸업증명서",
    "income": "소득금액증명",
    "marriage_relation": "혼인관계증명서",
    "business_license": "사업자등록증",
    "professional_license": "면허·자격증",
}
VALID_DAYS = {"identity": 3650, "employment": 365, "income": 400, "marriage_relation": 365, "business_license": 730}
REJECT_REASONS = Weighted(
    (
        ("unreadable", 30), ("wrong_document", 18), ("expired_document", 16), ("name_mismatch", 9),
        ("rrn_not_masked", 18), ("suspected_forgery", 3), ("other", 6),
    )
)  # fmt: skip
REJECTED_BEFORE = 0.09  # of approved documents, how many came only at the second attempt
RENEWS = 0.45  # of members with an expired document, how many have handed in a new one that waits
SAMPLE_KEYS = "demo/documents/{}-{}.jpg"
SAMPLES = 8  # drawings of one kind that members share in a population without objects of their own


@dataclass(frozen=True)
class Paper:
    """A document's row, whose it is, and what is wrong with the picture (a reject reason, or nothing)."""

    row: DocumentRow
    person: Person
    flaw: str | None
    issued_on: date


def papers_of(world: World, person: Person) -> list[Paper]:
    rng = world.stream("papers", person.index)
    papers: list[Paper] = []
    for kind in _kinds(person, rng):
        papers += _attempts(world, person, kind, rng)
    return papers


def _kinds(person: Person, rng: Random) -> list[str]:
    job = person.profile.job.kind
    wanted = {
        "identity": 0.88,
        "employment": 0.1 if job in {"owner", "freelance"} else 0.42,
        "graduation": 0.3 if person.profile.university else 0.05,
        "income": 0.17,
        "marriage_relation": 0.28 if person.age > 34 else 0.14,  # noqa: PLR2004
        "business_license": 0.7 if job == "owner" else 0.0,
        "professional_license": 0.6 if job == "professional" else 0.0,
    }
    return [kind for kind, share in wanted.items() if happens(share, rng)]


def _attempts(world: World, person: Person, kind: str, rng: Random) -> list[Paper]:
    """Return the tries at one kind of document: perhaps one in vain, the one that counts, perhaps its renewal."""
    handed_in = person.created_at + timedelta(minutes=rng.uniform(4, 40))
    reviewed = person.decided_at
    if reviewed is None or reviewed <= handed_in:
        return [_paper(world, person, kind, "pending", handed_in, None, rng)] if world.happened(handed_in) else []
    if person.is_rejected:
        status = rng.choice(("rejected", "rejected", "approved"))
        return [_paper(world, person, kind, status, handed_in, reviewed, rng)]
    papers = []
    if happens(REJECTED_BEFORE, rng):
        first_review = handed_in + (reviewed - handed_in) * 0.4
        papers.append(_paper(world, person, kind, "rejected", handed_in, first_review, rng))
        handed_in = first_review + (reviewed - first_review) * 0.5
    papers.append(_paper(world, person, kind, "approved", handed_in, reviewed, rng))
    return papers + _renewal(world, person, papers[-1], rng)


def _renewal(world: World, person: Person, paper: Paper, rng: Random) -> list[Paper]:
    expires_on = paper.row.expires_on
    if paper.row.status != "expired" or expires_on is None or person.gone_at or not happens(RENEWS, rng):
        return []
    handed_in = in_office_hours(
        world.now - timedelta(days=rng.uniform(0.2, 45)) if happens(0.5, rng) else _at(expires_on), rng
    )
    reviewed = in_office_hours(handed_in + timedelta(days=rng.uniform(0.3, 6)), rng)
    kind = paper.row.document_type
    if not world.happened(handed_in):
        return []
    if not world.happened(reviewed):
        return [_paper(world, person, kind, "pending", handed_in, None, rng)]
    return [_paper(world, person, kind, "approved", handed_in, reviewed, rng)]


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3)  # noqa: DTZ001 - noon in Seoul, naive UTC


def _paper(
    world: World,
    person: Person,
    kind: str,
    status: str,
    created_at: datetime,
    reviewed_at: datetime | None,
    rng: Random,
) -> Paper:
    flaw = REJECT_REASONS.draw(rng) if status == "rejected" else None
    issued_on = seoul_day(created_at) - timedelta(
        days=rng.randint(140, 400) if flaw == "expired_document" else rng.randint(0, 40)
    )
    document_id = seeded_id("doc", created_at, rng)
    expires_on = _expiry(kind, issued_on, status)
    if expires_on and expires_on < world.today:
        status = "expired"
    row = DocumentRow(
        id=document_id,
        user_id=person.id,
        document_type=kind,
        s3_key=_key(world, person, kind, document_id, rng),
        content_type=CONTENT_TYPE,
        original_filename=_filename(person, kind, created_at, rng),
        status=status,
        reject_reason=flaw,
        reject_note=rng.choice(REJECT_NOTES[flaw]) if flaw and happens(0.7, rng) else None,
        reviewed_by=rng.choice(world.with_role("reviewer")).id if reviewed_at else None,
        reviewed_at=reviewed_at,
        expires_on=expires_on,
        created_at=created_at,
        updated_at=reviewed_at if status != "expired" or expires_on is None else _at(expires_on),
        deleted_at=person.deleted_at,
    )
    return Paper(row, person, flaw, issued_on)


def _expiry(kind: str, issued_on: date, status: str) -> date | None:
    return issued_on + timedelta(days=VALID_DAYS[kind]) if status == "approved" and kind in VALID_DAYS else None


def sample_papers(world: World) -> Iterator[Paper]:
    """Yield the documents that stand for everybody's where members share objects: `SAMPLES` of each kind."""
    for kind in TITLES:
        for number in range(SAMPLES):
            person = draw_person(world, number)
            paper = _paper(
                world, person, kind, "pending", person.created_at, None, world.stream("sample", kind, number)
            )
            yield replace(paper, row=paper.row._replace(s3_key=SAMPLE_KEYS.format(kind, number)))


def _key(world: World, person: Person, kind: str, document_id: str, rng: Random) -> str:
    if world.has_own_objects:
        return f"users/{person.id}/documents/{document_id}.jpg"
    return SAMPLE_KEYS.format(kind, rng.randrange(SAMPLES))


def _filename(person: Person, kind: str, created_at: datetime, rng: Random) -> str:
    """Return a name as phones and offices give files."""
    title = TITLES[kind].split()[0]
    return rng.choice(
        (
            f"{title}_{person.name}.jpg",
            f"{title}.jpg",
            f"IMG_{rng.randint(1000, 9999)}.jpg",
            f"KakaoTalk_{created_at:%Y%m%d_%H%M%S}.jpg",
            f"{created_at:%Y%m%d_%H%M%S}.jpg",
            f"스캔_{created_at:%Y%m%d}.jpg",
        )
    )
