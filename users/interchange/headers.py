"""What the columns are called in a file's first row."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .columns import COLUMNS, Column
from .errors import HeaderError
from .labels import ENGLISH, KOREAN
from .words import folded, listed

TITLES = {
    "name": ("이름", "Name"),
    "phone": ("휴대폰 번호", "Phone"),
    "gender": ("성별", "Gender"),
    "birth_year": ("출생연도", "Birth year"),
    "email": ("이메일", "E-mail"),
    "kakao_id": ("카카오 ID", "Kakao ID"),
    "status": ("상태", "Status"),
    "height": ("키(cm)", "Height (cm)"),
    "education": ("학력", "Education"),
    "university": ("대학교", "University"),
    "job": ("직업", "Job"),
    "salary_range": ("연봉", "Salary"),
    "district": ("지역", "District"),
    "mbti": ("MBTI", "MBTI"),
    "about_me": ("자기소개", "About me"),
    "profile_appeal": ("매력 포인트", "Appeal"),
}
OTHER_HEADERS = {
    "name": "성명, 성함, 회원명, 회원 이름, 고객명, 고객 이름, full name, member name, member",
    "phone": """휴대폰, 휴대전화, 휴대전화 번호, 핸드폰, 핸드폰 번호, 폰번호, 전화, 전화번호, 연락처,
        HP, H.P., phone no, phone number, mobile, mobile no, mobile number, mobile phone,
        cell, cell phone, tel, telephone""",
    "gender": "남녀, sex",
    "birth_year": """출생년도, 출생년, 출생, 생년, 년생, 생년월일, 태어난 해, 생일,
        year of birth, born, birth, birthday, birth date, date of birth, dob, yob""",
    "email": "이메일 주소, 메일, 메일 주소, 전자우편, email address, mail",
    "kakao_id": """카카오, 카카오 아이디, 카카오톡, 카카오톡 ID, 카카오톡 아이디, 카톡, 카톡 ID, 카톡 아이디,
        kakao, kakaotalk, kakaotalk id""",
    "status": "회원 상태, 가입 상태, 승인 상태, member status, state",
    "height": "신장, 키 cm, 신장 cm, height cm",
    "education": "최종 학력, 최종 학력 사항, degree, education level, highest education",
    "university": "대학, 대학명, 출신 대학, 출신 대학교, 출신 학교, 학교, 학교명, college, school",
    "job": "직종, 직업명, 하는 일, occupation, profession, job title",
    "salary_range": """연소득, 소득, 연수입, 연봉 구간, 연봉 범위, 연봉대, 연봉 만원,
        salary range, annual salary, yearly salary, income, annual income""",
    "district": "거주지, 거주 지역, 거주, 사는 곳, 사는 지역, region, area, residence, location",
    "mbti": "엠비티아이, 성격 유형, mbti type",
    "about_me": "소개, 소개글, 소개말, 본인 소개, about, bio, introduction, self introduction",
    "profile_appeal": "매력, 어필, 어필 포인트, 자기 어필, 장점, 나의 장점, strengths, appeal point",
}
ANNOTATIONS = {KOREAN: ["줄", "항목", "사유"], ENGLISH: ["line", "field", "reason"]}
"""The columns that a file of rejects has before the original ones."""
PARENTHESISED = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def title_of(column: Column, language: str | None) -> str:
    """Return the header in a language, or the column's name in the database."""
    korean, english = TITLES[column.name]
    return {KOREAN: korean, ENGLISH: english}.get(language or "", column.name)


def _plain(header: str) -> str:
    """Return a header without its notes and units in parentheses, folded."""
    return folded(PARENTHESISED.sub("", unicodedata.normalize("NFKC", header))) or folded(header)


BY_HEADER = {
    _plain(header): column
    for column in COLUMNS
    for header in (column.name, *TITLES[column.name], *listed(OTHER_HEADERS[column.name]))
}


def column_of(header: str) -> Column | None:
    return BY_HEADER.get(_plain(header))


@dataclass(frozen=True)
class Layout:
    """Which column stands where. None stands for a cell that is not imported."""

    header: tuple[str, ...]
    columns: tuple[Column | None, ...]
    annotations: int
    """How many columns at the front are those of a file of rejects."""

    @property
    def width(self) -> int:
        return len(self.header)

    @cached_property
    def required_positions(self) -> dict[Column, int]:
        return {column: place for place, column in enumerate(self.columns) if column and column.is_required}

    @property
    def ignored(self) -> list[str]:
        """Return the headers that have a name which nobody here knows."""
        named = zip(self.header, self.columns, strict=True)
        return [title for title, column in list(named)[self.annotations :] if column is None and title.strip()]


def layout_of(header: Sequence[str], *, ignore_unknown: bool = False) -> Layout:
    """Read the first row of a file.

    Raises:
        HeaderError: a column is unknown (unless ignored), stands there twice, or is missing.
    """
    annotations = _annotations(header)
    columns = (*([None] * annotations), *map(column_of, header[annotations:]))
    layout = Layout(tuple(header), columns, annotations)
    if problems := [*_unknown(layout, ignore_unknown), *_doubled(layout), *_missing(layout)]:
        raise HeaderError(problems)
    return layout


def _annotations(header: Sequence[str]) -> int:
    start = [cell.strip() for cell in header[:3]]
    return 3 if start in ANNOTATIONS.values() else 0


def _unknown(layout: Layout, ignore_unknown: bool) -> list[str]:
    if ignore_unknown or not layout.ignored:
        return []
    known = ", ".join(title_of(column, get_language()) for column in COLUMNS)
    message = _("Unknown columns: %(unknown)s. Known are: %(known)s.")
    return [message % {"unknown": ", ".join(layout.ignored), "known": known}]


def _doubled(layout: Layout) -> list[str]:
    titles: dict[Column, list[str]] = {}
    for title, column in zip(layout.header, layout.columns, strict=True):
        if column:
            titles.setdefault(column, []).append(title)
    message = _("Columns that say the same: %(columns)s.")
    return [message % {"columns": ", ".join(same)} for same in titles.values() if len(same) > 1]


def _missing(layout: Layout) -> list[str]:
    missing = [column for column in COLUMNS if column.is_required and column not in layout.columns]
    message = _("Missing columns: %(columns)s.")
    titles = ", ".join(title_of(column, get_language()) for column in missing)
    return [message % {"columns": titles}] if missing else []
