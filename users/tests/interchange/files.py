"""Files of members, made for tests."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

HEADER = ("이름", "휴대폰 번호", "성별", "출생연도", "이메일", "키(cm)", "학력", "자기소개")
CHEOLSU = ("김철수", "010-1234-5678", "남", "93년생", "cs@naver.com", "175cm", "4년제 대졸", "첫 줄\n둘째 줄")
YEONGHUI = ("이영희", "1022223333", "여자", "1994", "", "", "-", "")


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def write_members(path: Path, *rows: Sequence[object], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> Path:
    path.write_bytes(as_csv([header, *rows]).encode(encoding))
    return path


def read_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def numbered(number: int) -> tuple[str, ...]:
    """Return a row whose phone, and all else that is unique to it, follows from the number."""
    sex, year = ("남" if number % 2 else "여"), str(1960 + number % 45)
    return (
        f"회원{number}",
        f"010-{number // 10_000:04}-{number % 10_000:04}",
        sex,
        year,
        "",
        "170",
        "대졸",
        "안녕하세요",
    )
