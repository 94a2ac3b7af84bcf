"""The sentences that members are told."""

import re

import pytest
from django.utils import translation

from users.documents.reject_sentences import SENTENCES, sentence_for
from users.models import RejectReason

SAID = [reason for reason in RejectReason if reason != RejectReason.OTHER]


def test_every_reason_has_its_own():
    assert set(SENTENCES) == set(RejectReason)
    assert len({sentence_for(reason) for reason in SAID}) == len(SAID)


@pytest.mark.parametrize("reason", SAID)
def test_it_is_korean_and_polite_whatever_the_staff_read(reason):
    with translation.override("en"):
        sentences = sentence_for(reason)
    assert re.fullmatch(r"[가-힣0-9 ,]+(니다|세요)\. [가-힣0-9 ,]+(니다|세요)\.", sentences)


def test_what_only_the_reviewer_knows_is_left_to_them():
    assert sentence_for("other") == ""
    assert sentence_for("too_ugly") == ""
