"""What stands on a document: who holds it, and the labelled lines of each kind."""

from dataclasses import dataclass
from random import Random

from .career_tables import SALARY_BRACKETS
from .draws import stream
from .papers import Paper
from .people import Person

FIRST_PARTS = (
    "가온", "나래", "누리", "다온", "라온", "마루", "미르", "새빛", "아라", "여울", "온누리", "윤슬", "초록", "큰솔",
    "푸른", "하람",
    "한울", "해솔",
)  # fmt: skip
LAST_PARTS = (
    "테크",
    "소프트",
    "물산",
    "바이오",
    "건설",
    "푸드",
    "디자인",
    "전자",
    "산업",
    "미디어",
    "파트너스",
    "로지스",
)
CENTURY = 2000
DEGREES = {"high_school": "고졸", "associate": "전문학사", "bachelor": "학사", "master": "석사", "doctorate": "박사"}


@dataclass(frozen=True)
class Holder:
    """Whom the document is made out to; invented where the member states nothing."""

    name: str
    resident_number: str
    employer: str
    university: str
    address: str


def holder_of(paper: Paper) -> Holder:
    """Return the holder: the member, or a stranger with the same family name where the names do not match."""
    person = paper.person
    rng = stream(0, "holder", person.id)
    employer = rng.choice(FIRST_PARTS) + rng.choice(LAST_PARTS)
    return Holder(
        name=f"{person.family or '김'}재승" if paper.flaw == "name_mismatch" else person.name,
        resident_number=_resident_number(person, rng, is_masked=paper.flaw != "rrn_not_masked"),
        employer=employer,
        university=person.profile.university or "한울고등학교",
        address=f"{person.profile.district or '서울 중구'} ○○로 {rng.randint(1, 240)}",
    )


def _resident_number(person: Person, rng: Random, *, is_masked: bool) -> str:
    """Return birth date and the digit for gender and century; the rest masked, or zeros, which nobody's number is."""
    digit = (1 if person.gender == "male" else 2) + (2 if person.birth_year >= CENTURY else 0)
    birth = f"{person.birth_year % 100:02}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    return f"{birth}-{digit}{'******' if is_masked else '000000'}"


def fields_of(kind: str, paper: Paper, rng: Random) -> list[tuple[str, str]]:
    """Return label and value of each line, at most six."""
    holder, person = holder_of(paper), paper.person
    basics = [("성명", holder.name), ("주민등록번호", holder.resident_number)]
    if kind == "identity":
        return [*basics, ("주소", holder.address)]
    return [*basics, *_lines(kind, holder, person, paper.issued_on.year, rng)]


def _lines(kind: str, holder: Holder, person: Person, year: int, rng: Random) -> list[tuple[str, str]]:
    since = max(person.birth_year + 24, year - rng.randint(1, 12))
    lines = {
        "employment": [
            ("회사명", f"(주){holder.employer}"),
            ("직위·직무", person.profile.job.title),
            ("입사연도", f"{since}년"),
            ("용도", "결혼정보회사 제출용"),
        ],
        "graduation": [
            ("학교", holder.university),
            ("학위", DEGREES[person.profile.education]),
            ("졸업연도", f"{person.birth_year + 24}년 2월"),
            ("용도", "제출용"),
        ],
        "income": [
            ("귀속연도", f"{year - 1}년"),
            ("소득 구분", "근로소득"),
            ("소득금액", _income(person, rng)),
            ("용도", "제출용"),
        ],
        "marriage_relation": [
            ("등록기준지", holder.address),
            ("혼인 상태", _marital(person)),
            ("증명 종류", "일반"),
            ("용도", "제출용"),
        ],
        "business_license": [
            ("상호", holder.employer),
            ("업태·종목", person.profile.job.title),
            ("개업연도", f"{since}년"),
            ("사업장", holder.address),
        ],
        "professional_license": [
            ("면허 종류", person.profile.job.title),
            ("면허번호", f"제 {rng.randint(10000, 99999)} 호"),
            ("취득연도", f"{since}년"),
        ],
    }
    return lines[kind]


def _income(person: Person, rng: Random) -> str:
    """Return an amount within the bracket that the member states."""
    bounds = [3000, *(bound for bound, _name in SALARY_BRACKETS)]
    names = [name for _bound, name in SALARY_BRACKETS]
    bracket = person.profile.salary_range
    place = names.index(bracket) if bracket in names else 2
    low, high = (2200, 3000) if place == 0 else (bounds[place], bounds[place + 1])
    return f"{rng.randrange(low, high) * 10_000:,}원"


def _marital(person: Person) -> str:
    return {"never_married": "미혼", "divorced": "이혼", "widowed": "사별"}[
        person.lifestyle.marital_history or "never_married"
    ]
