"""`purge_deleted` is killed at each step: a member is there whole or gone whole, and the next run ends it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from users.models import Action, User, UserAccessAudit, UserPhoto, UserProfile
from users.tasks.retention import purge_deleted
from ygs_admin import storage
from ygs_admin.testing.workers import KILLED, run_worker
from ygs_admin.uploads.keeping import sweep
from ygs_admin.uploads.models import PendingObject

pytestmark = pytest.mark.django_db(transaction=True)

PURGING = """
from users.destruction import destroying, hanging
from users.destruction.destroying import Destruction
from users.models import User
from ygs_admin import storage
from ygs_admin.uploads import keeping

destroying.BATCH = 2
destroy_rows, record, forget, delete = hanging.destroy_rows, Destruction._record, destroying.forget, storage.delete
steps = []

def destroy_rows_and_die(model, column, ids):
    if model is User:
        die("before the members' rows")
    gone = destroy_rows(model, column, ids)
    if model is User:
        die("after the members' rows")
    return gone

def forget_and_die(keys):
    forget(keys)
    die("after the notes")

def record_and_die(run, *given):
    record(run, *given)
    die("before the commit")

def delete_and_die(key):
    die("after the commit")
    delete(key)
    die("between two objects")

hanging.destroy_rows, destroying.forget = destroy_rows_and_die, forget_and_die
Destruction._record, storage.delete = record_and_die, delete_and_die
"""
LONG_AGO = timezone.now() - timedelta(days=31)


@pytest.fixture
def members(make_member):
    made = [make_member() for _ in range(4)]
    for member in made:
        photo = UserPhoto.objects.create(user=member, s3_key=f"photos/{member.pk}/1.jpg")
        storage.put(photo.s3_key, b"x", content_type="image/jpeg")
    User.objects.all().delete()
    User.all_objects.update(deleted_at=LONG_AGO)
    return made


@pytest.mark.parametrize(
    ("step", "destroyed"),
    [
        ("before the members' rows", 0),
        ("after the members' rows", 0),
        ("after the notes", 0),
        ("before the commit", 0),
        ("after the commit", 2),
        ("between two objects", 2),
    ],
)
def test_a_batch_is_whole_or_nothing_and_the_next_run_ends_it(members, step, destroyed):
    purge_deleted.defer(timestamp=0)
    assert run_worker(PURGING, step)[0] == KILLED
    assert User.all_objects.count() == UserProfile.objects.count() == UserPhoto.all_objects.count() == 4 - destroyed
    assert UserAccessAudit.objects.filter(action=Action.PURGE).count() == destroyed / 2
    assert PendingObject.objects.count() == destroyed
    purge_deleted(timestamp=0)
    sweep()
    assert not User.all_objects.exists()
    assert not [member for member in members if storage.exists(f"photos/{member.pk}/1.jpg")]
    assert sum(row.detail["rows"]["users"] for row in UserAccessAudit.objects.filter(action=Action.PURGE)) == 4
