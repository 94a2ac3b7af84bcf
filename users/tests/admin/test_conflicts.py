"""A stale page is not saved over: 409, what differs, and a choice."""

import pytest
from django.db.transaction import atomic as another_transaction

from users.models import User, UserAccessAudit, UserPhoto, UserProfile
from users.tests.admin.desk import Desk, form_of, page

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


@pytest.fixture
def colleague(db):
    from ygs_admin.testing.personas import make_staff

    return Desk(make_staff("colleague", is_superuser=True))


def updates():
    return UserAccessAudit.objects.filter(action="update").count()


def test_a_stale_page_answers_409_and_writes_nothing(desk, colleague, full_member):
    mine, theirs = desk.open(full_member), colleague.open(full_member)
    assert colleague.save(theirs, name="김동료").status_code == 302
    answered = desk.save(mine, name="김내가")
    assert answered.status_code == 409
    full_member.refresh_from_db()
    assert full_member.name == "김동료"
    assert updates() == 1
    (conflict,) = answered.context["conflicts"]
    (difference,) = conflict.conflict
    assert (difference.name, difference.original, difference.theirs, difference.mine) == (
        "name",
        "김철수",
        "김동료",
        "김내가",
    )
    assert difference.is_changed_by_both
    for value in ("김철수", "김동료", "김내가"):
        assert value in answered.text


def test_saving_the_conflict_page_again_is_a_decision(desk, colleague, full_member):
    mine, theirs = desk.open(full_member), colleague.open(full_member)
    colleague.save(theirs, name="김동료")
    answered = desk.save(mine, name="김내가")
    assert desk.save(answered).status_code == 302
    full_member.refresh_from_db()
    assert full_member.name == "김내가"


def test_the_others_value_can_be_kept(desk, colleague, full_member):
    mine, theirs = desk.open(full_member), colleague.open(full_member)
    colleague.save(theirs, name="김동료")
    answered = desk.save(mine, name="김내가", birth_year="1991")
    assert desk.save(answered, keep_name="theirs").status_code == 302
    full_member.refresh_from_db()
    assert (full_member.name, full_member.birth_year) == ("김동료", 1991)


def test_what_only_the_other_changed_stays_unless_i_say_otherwise(desk, colleague, full_member):
    mine, theirs = desk.open(full_member), colleague.open(full_member)
    colleague.save(theirs, birth_year="1985")
    answered = desk.save(mine, name="김내가")
    assert answered.status_code == 409
    assert form_of(answered)["keep_birth_year"] == "theirs"
    desk.save(answered)
    full_member.refresh_from_db()
    assert (full_member.name, full_member.birth_year) == ("김내가", 1985)


def test_a_stale_page_without_a_change_of_mine_writes_nothing(desk, colleague, full_member):
    mine, theirs = desk.open(full_member), colleague.open(full_member)
    colleague.save(theirs, name="김동료")
    assert desk.save(mine).status_code == 302
    full_member.refresh_from_db()
    assert full_member.name == "김동료"


def test_a_change_by_the_backend_is_a_conflict_too(desk, full_member):
    mine = desk.open(full_member)
    with another_transaction():
        User.objects.filter(pk=full_member.pk).update(name="김백엔드")
    assert desk.save(mine, name="김내가").status_code == 409


def test_a_member_deleted_meanwhile_is_a_conflict(desk, full_member):
    mine = desk.open(full_member)
    full_member.soft_delete(by=None)
    assert desk.save(mine, name="김내가").status_code == 409


def test_a_post_without_a_version_is_refused(desk, full_member):
    assert desk.save(desk.open(full_member), name="김내가", row_version=None).status_code == 409
    assert desk.save(desk.open(full_member), name="김내가", row_version="x").status_code == 409


class TestInline:
    def test_a_stale_row_is_refused_and_nothing_of_the_page_is_written(self, desk, colleague, full_member):
        mine, theirs = desk.open(full_member), colleague.open(full_member)
        colleague.save(theirs, **{"profile-0-height": "181"})
        answered = desk.save(mine, name="김내가", **{"profile-0-height": "182"})
        assert answered.status_code == 409
        full_member.refresh_from_db()
        assert full_member.name == "김철수"
        assert UserProfile.objects.get(user=full_member).height == 181
        assert desk.save(answered).status_code == 302
        assert UserProfile.objects.get(user=full_member).height == 182

    def test_the_others_value_can_be_kept(self, desk, colleague, full_member):
        mine, theirs = desk.open(full_member), colleague.open(full_member)
        colleague.save(theirs, **{"profile-0-height": "181"})
        answered = desk.save(mine, **{"profile-0-height": "182", "profile-0-job": "의사"})
        desk.save(answered, **{"profile-0-keep_height": "theirs"})
        profile = UserProfile.objects.get(user=full_member)
        assert (profile.height, profile.job) == (181, "의사")

    def test_a_row_that_i_did_not_touch_is_not_in_my_way(self, desk, colleague, full_member):
        mine, theirs = desk.open(full_member), colleague.open(full_member)
        colleague.save(theirs, **{"profile-0-height": "181"})
        assert desk.save(mine, name="김내가").status_code == 302
        full_member.refresh_from_db()
        assert full_member.name == "김내가"
        assert UserProfile.objects.get(user=full_member).height == 181

    def test_a_photo_deleted_meanwhile_is_a_conflict(self, desk, full_member):
        mine = desk.open(full_member)
        UserPhoto.objects.get().soft_delete(by=None)
        assert desk.save(mine, **{"photos-0-display_order": "7"}).status_code == 409
        assert desk.save(mine, name="김내가").status_code == 302


def test_a_page_that_conflicts_still_shows_what_i_typed(desk, colleague, full_member):
    mine, theirs = desk.open(full_member), colleague.open(full_member)
    colleague.save(theirs, name="김동료")
    answered = desk.save(mine, name="김내가", kakao_id="mine")
    assert form_of(answered)["kakao_id"] == "mine"
    assert answered.request["PATH_INFO"] == page(User, "change", full_member.pk)
