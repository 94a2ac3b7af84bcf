"""Where somebody is led back to."""

import pytest

from ygs_admin.web.returning import LONGEST, returning_to


@pytest.mark.parametrize("wanted", ["/users/?q=김", "/matching/weeks/#pairs"])
def test_a_page_of_the_console(rf, wanted):
    assert returning_to(rf.get("/"), wanted, otherwise="/else/") == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "users/",
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/" * LONGEST + "x",
    ],
)
def test_anything_else_is_not_followed(rf, wanted):
    assert returning_to(rf.get("/"), wanted, otherwise="/else/") == "/else/"
