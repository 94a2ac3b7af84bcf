"""The rule of what is shown of a member, and to whom."""

import pytest
from django.contrib.auth.models import AnonymousUser

from users import masking
from users.models import User
from ygs_admin.web.viewer import current_viewer, viewed_by

KIM = User(name="김철수", phone="01012345678", email="kim.cs@naver.com", kakao_id="kakao_8213", firebase_id="fb1")


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masking.mask_phone, "01012345678", "010-****-5678"),
        (masking.mask_phone, "0101234", "****-1234"),
        (masking.mask_phone, "전화 없음", "***"),
        (masking.mask_phone, None, ""),
        (masking.mask_email, "kim.cs@naver.com", "k***@naver.com"),
        (masking.mask_email, "없음", "없***"),
        (masking.mask_email, None, ""),
        (masking.mask_handle, "kakao_8213", "k***"),
        (masking.mask_name, "김철수", "김*수"),
        (masking.mask_name, "김철", "김*"),
        (masking.mask_name, "김", "김"),
        (masking.mask_name, "남궁민수", "남**수"),
        (masking.mask_name, "", ""),
    ],
)
def test_masks(mask, value, shown):
    assert mask(value) == shown


def test_nobody_in_particular_reads_a_mask():
    assert current_viewer() is None
    assert (KIM.shown.name, str(KIM)) == ("김*수", "김*수")


def test_a_stranger_reads_a_mask():
    with viewed_by(AnonymousUser()):
        assert KIM.shown.name == "김*수"


def test_a_log_reads_the_id():
    assert repr(KIM) == f"<User: {KIM.pk}>"


@pytest.mark.django_db
def test_names_follow_the_permission_and_contacts_follow_nobody(reviewer, auditor, superuser):
    for person, name in ((reviewer, "김철수"), (auditor, "김*수"), (superuser, "김철수")):
        with viewed_by(person):
            shown = KIM.shown
            assert (str(KIM), shown.name) == (name, name)
            assert (shown.phone, shown.email, shown.kakao_id) == ("010-****-5678", "k***@naver.com", "k***")
    assert current_viewer() is None


@pytest.mark.django_db
def test_an_account_that_is_switched_off_reads_a_mask(reviewer):
    reviewer.is_active = False
    with viewed_by(reviewer):
        assert KIM.shown.name == "김*수"


@pytest.mark.django_db
def test_an_empty_value_is_an_empty_text(reviewer):
    with viewed_by(reviewer):
        assert User(name="김철수", phone="01012345678").shown.email == ""
