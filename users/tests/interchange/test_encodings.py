"""Which encoding a file is in, and where it is broken."""

from pathlib import Path

import pytest

from users.interchange.encodings import CHUNK, encoding_of
from users.interchange.errors import UndecodableFileError

TEXT = "이름,전화\n김철수,010-1234-5678\n"


@pytest.mark.parametrize(
    ("encoding", "name", "bom_length"),
    [
        ("utf-8", "utf-8", 0),
        ("utf-8-sig", "utf-8", 3),
        ("utf-16", "utf-16-le", 2),
        ("cp949", "cp949", 0),
        ("euc-kr", "cp949", 0),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, name: str, bom_length: int) -> None:
    file = tmp_path / "members.csv"
    file.write_text(TEXT, encoding=encoding)
    assert (encoding_of(file).name, encoding_of(file).bom_length) == (name, bom_length)


def test_big_endian_utf_16_is_read_by_its_mark(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert encoding_of(file).name == "utf-16-be"


@pytest.mark.parametrize("content", [b"", b"name,phone\n"])
def test_what_has_no_korean_is_utf_8(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(content)
    assert encoding_of(file).name == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_korean_that_first_appears_after_megabytes_still_decides(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(b"name,phone\n" * (2 * CHUNK // 11) + "x김철수\n".encode(encoding))
    assert encoding_of(file).name == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_character_across_two_chunks_is_no_fault(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(b"x" * (CHUNK - 1) + "김철수".encode(encoding))
    assert encoding_of(file).name == encoding


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_an_undecodable_byte_is_named_with_its_line(tmp_path: Path, encoding: str, line_break: str) -> None:
    file = tmp_path / "members.csv"
    good = f"김철수{line_break}".encode(encoding)
    file.write_bytes(good * 40 + b"\xff\n" + good)
    with pytest.raises(UndecodableFileError) as refused:
        encoding_of(file)
    assert "41" in str(refused.value)
    assert "0xFF" in str(refused.value)
    assert encoding.upper() in str(refused.value)


def test_the_line_is_right_beyond_the_first_chunk(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(b"0123456789abcde\n" * 100_000 + b"\xff")
    with pytest.raises(UndecodableFileError, match="100001"):
        encoding_of(file)


def test_a_file_cut_within_a_character_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes("김철수\n이영".encode() + "희".encode()[:1])
    with pytest.raises(UndecodableFileError, match="2"):
        encoding_of(file)
