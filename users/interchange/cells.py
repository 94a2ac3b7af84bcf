"""Single cells: text that a spreadsheet would run as a formula, and the ways of saying nothing."""

import re

FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
FORCED_TEXT = re.compile(r'="(.*)"', re.DOTALL)
NOTHING = {
    *("", "-", "--", "–", "—", ".", "n/a", "#n/a", "na", "nan", "null", "none", "nil"),
    *("없음", "모름", "미입력", "미기재", "비공개"),
}


def escaped(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it: an apostrophe before what begins like a formula.

    Text that begins with apostrophes and then a formula gets one more, so that `unescaped` is the exact inverse.
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def unescaped(cell: str) -> str:
    """Undo `escaped`, and take the text out of `="010…"`, by which people force Excel to keep a zero."""
    if cell.startswith("'") and FORMULA.match(cell):
        return cell[1:]
    forced = FORCED_TEXT.fullmatch(cell.strip())
    return forced[1].replace('""', '"') if forced else cell


def is_blank(cell: str) -> bool:
    return not cell.strip()


def says_nothing(cell: str) -> bool:
    """Tell whether a cell of a number or a choice only says that there is none: `-`, `#N/A`, `없음`."""
    return cell.strip().casefold() in NOTHING
