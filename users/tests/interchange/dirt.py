"""A file with every kind of dirt, the same for one seed, and what an import must make of it."""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from users.tests.interchange.files import HEADER, as_csv

CLEAN_SHARE = 0.6
PHONES = [
    "010-{0}-{1}",
    "010{0}{1}",
    "010 {0} {1}",
    "010.{0}.{1}",
    "+82 10-{0}-{1}",
    "8210{0}{1}",
    "10{0}{1}",
    "10{0}{1}.0",
    '="010{0}{1}"',
    "'010{0}{1}",
    "０１０－{0}－{1}",
]
BIRTH_YEARS = ["1993", "93", "93년생", "1993년생", "1993년", "'93", "930412", "1993-04-12", "1993.0"]
GENDERS = ["남", "남자", "남성", "M", "male", "Male"]
HEIGHTS = ["175", "175cm", "175.4", "175 ㎝", "1.75m", "", "-", "#N/A"]
EDUCATIONS = ["4년제 대졸", "학사", "대졸(4년제)", "bachelor", "", "없음"]
PROSE = [
    "",
    "안녕하세요",
    "첫 줄\n둘째 줄",
    '"인용", 쉼표; 세미콜론',
    "=1+1",
    "-_-",
    "줄\r\n\r\n바꿈, 010-1234-5678, 끝",
]
WRONG = {
    0: ["", "-", "12345", "가" * 51, "김\x00철수", "김\x07철수"],
    1: ["", "02-123-4567", "1.01234568E+9", "1.01235E+09", "010-1234-567", "010-1234-5678 / 010-2222-3333", "없음"],
    2: ["", "남여", "?", "3"],
    3: ["", "2020", "33세", "931301", "930412-1234567", "1800", "구삼"],
    4: ["kim", "kim@", "a@b.kr, c@d.kr"],
    5: ["17", "5'11\"", "1750", "크다"],
    6: ["박사수료", "몰라요"],
    7: ["글\x00자", "벨\x07"],
}


@dataclass
class DirtyFile:
    """`created`: phone → name; `rejected`: the physical lines, in order."""

    text: str = ""
    created: dict[str, str] = field(default_factory=dict)
    rejected: list[int] = field(default_factory=list)
    unchanged: int = 0
    blank: int = 0

    @property
    def rows(self) -> int:
        return len(self.created) + len(self.rejected) + self.unchanged + self.blank


def dirty_file(rows: int, *, seed: int = 1, can_decompose: bool = True) -> DirtyFile:
    """Return a file of so many rows. `can_decompose` leaves out decomposed names, for which CP949 has no characters."""
    writer = _Writer(random.Random(seed), can_decompose=can_decompose)  # noqa: S311 - the same every time
    while writer.file.rows < rows:
        writer.add()
    writer.file.text = "".join(writer.texts)
    return writer.file


class _Writer:
    def __init__(self, chance: random.Random, *, can_decompose: bool) -> None:
        self.file = DirtyFile()
        self.texts = [as_csv([HEADER])]
        self._line = 2
        self._chance = chance
        self._forms: list[Literal["NFC", "NFD"]] = ["NFC", "NFD"] if can_decompose else ["NFC"]
        self._cells: list[str] = []
        self._dirt: list[Callable[[], None]] = [
            self._add_repeated,
            self._add_contradicting,
            self._add_blank,
            self._add_wrong_cell,
            self._add_wrong_width,
            self._add_unbalanced,
        ]

    def add(self) -> None:
        if not self._cells or self._chance.random() < CLEAN_SHARE:
            self._add_clean()
        else:
            self._chance.choice(self._dirt)()

    def _add_clean(self) -> None:
        number = len(self.file.created)
        name = f"회원{number}"
        self.file.created[f"010{number:08}"] = name
        any_of = self._chance.choice
        self._cells = [
            any_of(["", " ", "\u3000"]) + unicodedata.normalize(any_of(self._forms), name) + any_of(["", "  "]),
            self._spelt(any_of(PHONES), number),
            *map(any_of, (GENDERS, BIRTH_YEARS)),
            any_of(["", f"m{number}@Naver.com"]),
            *map(any_of, (HEIGHTS, EDUCATIONS, PROSE)),
        ]
        self._write(as_csv([self._cells]))

    def _spelt(self, form: str, number: int) -> str:
        return form.format(f"{number // 10_000:04}", f"{number % 10_000:04}")

    def _add_repeated(self) -> None:
        """The same member in other words."""
        number = len(self.file.created) - 1
        again = [*self._cells]
        again[1:4] = self._spelt(self._chance.choice(PHONES), number), "남", "1993"
        self.file.unchanged += 1
        self._write(as_csv([again]))

    def _add_contradicting(self) -> None:
        self._reject(as_csv([[*self._cells[:5], "191", *self._cells[6:]]]))

    def _add_blank(self) -> None:
        self.file.blank += 1
        self._write(self._chance.choice(["\r\n", ",,,,,,,\r\n", " , ,,,,,,\r\n"]))

    def _add_wrong_cell(self) -> None:
        cells = ["이영희", "010-9999-0000", "여", "1994", "", "", "", ""]
        place = self._chance.choice([*WRONG])
        cells[place] = self._chance.choice(WRONG[place])
        self._reject(as_csv([cells]))

    def _add_wrong_width(self) -> None:
        cells = ["이영희", "010-9999-0000", "여", "1994", "", "", "", ""]
        self._reject(as_csv([self._chance.choice([cells[:5], [*cells, "넘침"], [*cells[:3], "서울", *cells[3:]]])]))

    def _add_unbalanced(self) -> None:
        """A quote that nobody closes, which must not swallow the next row: that one is of a single line."""
        forms = [
            '이영희,010-9999-0000,여,1994,,,,"안녕\r\n',
            '"이영희,010-9999-0000,여,1994,,,,\r\n',
            '이영희,"010"9999,,,,,,\r\n',
        ]
        self._reject(self._chance.choice(forms))
        self._cells = []

    def _reject(self, text: str) -> None:
        self.file.rejected.append(self._line)
        self._write(text)

    def _write(self, text: str) -> None:
        self.texts.append(text)
        # A line break of a cell may be a bare line feed, that of a row is CR and LF.
        self._line += text.count("\n")
