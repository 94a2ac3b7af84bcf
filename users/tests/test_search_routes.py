"""What is typed decides the route."""

import pytest

from users.models import MemberSearch
from users.search.query import Kind, understand
from users.tests.searching import found, insert_member

ULID = "01HQ5K3NXYZ0123456789ABCDE"


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        (f"usr_{ULID}", Kind.ID, f"usr_{ULID}"),
        (f"  usr_{ULID.lower()}\n", Kind.ID, f"usr_{ULID}"),
        (ULID, Kind.ID, f"usr_{ULID}"),
        (f"\ufeffusr_{ULID}\u200b", Kind.ID, f"usr_{ULID}"),
        ("01012345678", Kind.PHONE, "01012345678"),
        ("010-1234-5678", Kind.PHONE, "01012345678"),
        ("010 1234 5678", Kind.PHONE, "01012345678"),
        ("010.1234.5678", Kind.PHONE, "01012345678"),
        ("010\u20111234\u20115678", Kind.PHONE, "01012345678"),
        ("(010) 1234-5678", Kind.PHONE, "01012345678"),
        ("+82 10 1234 5678", Kind.PHONE, "01012345678"),
        ("+82-010-1234-5678", Kind.PHONE, "01012345678"),
        ("821012345678", Kind.PHONE, "01012345678"),
        ("1012345678", Kind.PHONE, "01012345678"),
        ("０１０－１２３４－５６７８", Kind.PHONE, "01012345678"),
        ("011-234-5678", Kind.PHONE, "0112345678"),
        ("5678", Kind.PHONE_FRAGMENT, "5678"),
        ("1234-56", Kind.PHONE_FRAGMENT, "123456"),
        ("５６７８", Kind.PHONE_FRAGMENT, "5678"),
        ("+82 10 1234", Kind.PHONE_FRAGMENT, "0101234"),
        ("010", Kind.PHONE_FRAGMENT, "010"),
        ("7", Kind.PHONE_FRAGMENT, "7"),
        ("Kim.CS@Naver.com", Kind.EMAIL, "kim.cs@naver.com"),
        ("kim@", Kind.EMAIL, "kim@"),
        ("@naver", Kind.EMAIL, "@naver"),
        ("ㄱㅊㅅ", Kind.INITIALS, "ㄱㅊㅅ"),
        ("ㄱ ㅊ", Kind.INITIALS, "ㄱㅊ"),
        ("ㄳ", Kind.INITIALS, "ㄱㅅ"),
        ("김ㅊㅅ", Kind.NAME, "김ㅊㅅ"),
        ("김 철수", Kind.NAME, "김철수"),
        ("Kim", Kind.NAME, "kim"),
        ("김1", Kind.NAME, "김1"),
        ("٣٤٥", Kind.NAME, "٣٤٥"),
        ("-", Kind.NAME, "-"),
        (f"pho_{ULID}", Kind.NAME, f"pho_{ULID.lower()}"),
        (ULID[:-1], Kind.NAME, ULID[:-1].lower()),
    ],
)
def test_what_is_typed_is_understood(typed: str, kind: Kind, text: str) -> None:
    understood = understand(typed)
    assert understood is not None
    assert (understood.kind, understood.text) == (kind, text)


@pytest.mark.parametrize("typed", ["", " ", "\t\n", "\x00", "\u3000", "\u200b", "\ud800", "\u3164"])
def test_nothing_visible_is_no_search(typed: str) -> None:
    assert understand(typed) is None


def test_more_than_anybody_types_is_cut_off() -> None:
    understood = understand("가" * 10_000)
    assert understood is not None
    assert len(understood.text) == 100


@pytest.mark.django_db
class TestRoutes:
    @pytest.fixture(autouse=True)
    def members(self) -> None:
        self.kim = insert_member("김철수", phone="01012345678", email="Kim.CS@Naver.com")
        self.lee = insert_member("이영희", phone="01056789012", email="lee_100%@gmail.com")
        self.without = insert_member("박민수", phone="0112345678")
        self.foreign = insert_member("Kim", phone="+1 (555) 0199", email="kim@x.org")

    def test_by_id(self) -> None:
        assert found(self.kim) == found(self.kim.lower()) == found(self.kim.removeprefix("usr_")) == {self.kim}
        assert found(f"usr_{ULID}") == set()

    def test_by_whole_phone_number_in_its_spellings(self) -> None:
        for typed in ("01012345678", "010-1234-5678", "+82 10 1234 5678", "1012345678"):
            assert found(typed) == {self.kim}

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ("5678", "kim lee without"), ("1234", "kim without"), ("678901", "lee"), ("0105", "lee"), ("9012", "lee"),
            ("90", "lee"), ("555", "foreign"), ("0199", "foreign"), ("5550199", ""), ("8765", ""),
            ("567 8", "kim lee without"),
        ],
    )  # fmt: skip
    def test_by_fragment_of_a_phone_number(self, typed: str, names: str) -> None:
        assert found(typed) == {getattr(self, name) for name in names.split()}

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ("kim.cs@naver.com", "kim"), ("KIM.CS@NAVER", "kim"), ("kim@", "foreign"), ("@naver.com", "kim"),
            ("@GMAIL", "lee"), ("lee_100%@", "lee"), ("lee%@", ""), ("l_e@", ""), ("@", "kim lee foreign"),
            ("@aver", ""),
        ],
    )  # fmt: skip
    def test_by_email(self, typed: str, names: str) -> None:
        assert found(typed) == {getattr(self, name) for name in names.split()}

    def test_rows_gathered_first_are_the_same_rows(self) -> None:
        rows = MemberSearch.objects.live().matching(understand("5678"))
        in_order = list(rows.order_by("name_key").values_list("name_key", flat=True))
        assert list(rows.gathered(1000).order_by("name_key").values_list("name_key", flat=True)) == in_order
        assert rows.gathered(2).count() == 2

    def test_a_number_in_a_name_is_a_name(self) -> None:
        numbered = insert_member("김1호")
        assert found("김1") == {numbered}
