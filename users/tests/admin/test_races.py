"""Two writers at the same moment: one of the two, whole, and the other is told."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models.signals import post_save

from users.models import User, UserPhoto, UserProfile
from users.models.user import UserQuerySet
from users.tests.admin.desk import Desk, page
from ygs_admin.testing.personas import make_staff

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


def elsewhere(work, *arguments):
    """Do something in another thread, on a connection of its own, and wait for it."""

    def run():
        try:
            return work(*arguments)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(run).result()


def once(work):
    """Return a function that does the work in another thread the first time it is called."""
    done = []

    def run():
        if not done:
            done.append(True)
            elsewhere(work)

    return run


def test_whoever_writes_between_reading_and_writing_is_not_written_over(desk, full_member, monkeypatch):
    mine = desk.open(full_member)
    rival = once(lambda: User.objects.filter(pk=full_member.pk).update(name="김동료"))
    read = UserQuerySet.get

    def read_then_wait(rows, *args, **kwargs):
        row = read(rows, *args, **kwargs)
        rival()
        return row

    monkeypatch.setattr(UserQuerySet, "get", read_then_wait)
    answered = desk.save(mine, name="김내가")
    assert answered.status_code == 409
    assert "김동료" in answered.text
    assert User.objects.get(pk=full_member.pk).name == "김동료"


def test_a_number_taken_between_looking_and_writing_is_a_form_error(desk, full_member, make_member, monkeypatch):
    mine = desk.open(full_member)
    rival = once(lambda: make_member(phone="01077778888"))
    look = User.validate_unique

    def look_then_wait(member, exclude=None):
        look(member, exclude)
        rival()

    monkeypatch.setattr(User, "validate_unique", look_then_wait)
    answered = desk.save(mine, phone="01077778888")
    assert answered.status_code == 200
    assert "phone" in answered.context["adminform"].form.errors
    assert User.objects.get(pk=full_member.pk).phone == full_member.phone


def test_a_deletion_and_a_restoration_at_the_same_moment_are_one_of_the_two_whole(superuser, full_member, recorded):
    other = make_staff("second", is_superuser=True)
    UserPhoto.objects.create(user=full_member, s3_key="photos/2.jpg")
    full_member.soft_delete(by=None)

    def press(verb, staff):
        try:
            return Desk(staff).client.post(page(User, verb, full_member.pk), {"post": "yes"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as threads:
        pressed = [threads.submit(press, verb, staff) for verb, staff in (("restore", superuser), ("delete", other))]
        assert {job.result() for job in pressed} <= {302, 403}
    is_live = User.objects.filter(pk=full_member.pk).exists()
    assert UserPhoto.objects.count() == (2 if is_live else 0)
    assert len(recorded(action="restore")) == 1
    assert len(recorded(action="delete")) == (1 if is_live else 2)


def test_the_member_and_the_profile_saved_beside_somebody_who_moves_the_profile_both_hold(desk, full_member):
    """Both write the member's one entry in the index: who held it and waited for the profile would be a deadlock."""
    mine = desk.open(full_member)
    rival = threading.Thread(target=run_elsewhere, args=(move_profile, full_member))

    def start_rival(sender, **_):
        if not rival.ident:
            rival.start()
            wait_until_somebody_waits()

    post_save.connect(start_rival, sender=User)
    try:
        answered = desk.save(mine, name="김새로", **{"profile-0-district": "부산 해운대구"})
    finally:
        post_save.disconnect(start_rival, sender=User)
        rival.join(timeout=20)
    assert answered.status_code == 302
    assert User.objects.get(pk=full_member.pk).name == "김새로"
    assert UserProfile.objects.get(user=full_member).district == "제주 제주시"


def move_profile(member):
    UserProfile.objects.filter(user=member).update(district="제주 제주시")


def run_elsewhere(work, *arguments):
    try:
        work(*arguments)
    finally:
        connection.close()


def wait_until_somebody_waits():
    give_up_at = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < give_up_at:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("nobody waits for a lock")
