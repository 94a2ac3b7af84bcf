import gettext
import os
from pathlib import Path

from ygs_admin.demo.catalogues import compile_catalogues

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Members"\nmsgstr "{members}"\n'


def test_changed_catalogues_are_compiled_and_others_left(tmp_path: Path) -> None:
    source = tmp_path / "ko" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE.format(members="회원"))
    assert compile_catalogues(tmp_path) == [source]
    assert compile_catalogues(tmp_path) == []
    source.write_text(CATALOGUE.format(members="회원들"))
    os.utime(source, (2**31, 2**31))
    assert compile_catalogues(tmp_path) == [source]
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Members") == "회원들"
