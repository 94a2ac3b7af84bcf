"""Objects and rows: both or neither, whatever fails and whenever the process is killed."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from ygs_admin import storage
from ygs_admin.db.ids import new_id
from ygs_admin.storage import StorageError
from ygs_admin.uploads import keeping
from ygs_admin.uploads.keeping import StoredObject, forget, storing, sweep
from ygs_admin.uploads.models import PendingObject

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = keeping.__file__.rsplit("/ygs_admin/", 1)[0]


@pytest.fixture
def keys():
    mark = new_id("tst")
    return [f"tests/{mark}/{name}" for name in ("full", "thumbnail")]


@pytest.fixture
def objects(keys):
    return {key: StoredObject(b"content", "image/jpeg") for key in keys}


def there(keys):
    return [storage.exists(key) for key in keys]


def test_objects_and_row_are_kept_and_nothing_is_noted(objects, keys):
    with storing(objects):
        Group.objects.create(name="row")
    assert there(keys) == [True, True]
    assert not PendingObject.objects.exists()


def test_a_row_that_fails_takes_the_objects_with_it(objects, keys):
    Group.objects.create(name="row")
    with pytest.raises(IntegrityError), storing(objects):
        Group.objects.create(name="row")
    assert there(keys) == [False, False]
    assert not PendingObject.objects.exists()


def test_a_second_object_that_fails_takes_the_first_with_it(objects, keys, monkeypatch):
    put = storage.put

    def fail_at_second(key, content, *, content_type):
        if key == keys[1]:
            raise StorageError(key)
        put(key, content, content_type=content_type)

    monkeypatch.setattr(storage, "put", fail_at_second)
    with pytest.raises(StorageError), storing(objects):
        Group.objects.create(name="row")
    assert there(keys) == [False, False]
    assert not Group.objects.filter(name="row").exists()
    assert sweep(now=True) == 2, "what timed out may still arrive"


def test_where_s3_is_gone_altogether_the_sweep_finds_the_rest(objects, keys, monkeypatch):
    delete = storage.delete

    def refuse(key):
        raise StorageError(key)

    monkeypatch.setattr(storage, "delete", refuse)
    with pytest.raises(ZeroDivisionError), storing(objects):
        raise ZeroDivisionError
    assert there(keys) == [True, True]
    monkeypatch.setattr(storage, "delete", delete)
    assert sweep() == 0, "what is young may still be on its way"
    assert sweep(now=True) == 2
    assert there(keys) == [False, False]


def test_the_sweep_leaves_alone_what_is_being_kept(objects, keys):
    with storing(objects):
        PendingObject.objects.update(created_at=timezone.now() - timedelta(days=1))
        other = connections["default"].copy()
        connections["default"], mine = other, connections["default"]
        try:
            assert sweep() == 0
        finally:
            connections["default"] = mine
            other.close()
        Group.objects.create(name="row")
    assert there(keys) == [True, True]


def test_what_was_swept_meanwhile_gets_no_row(objects, keys, monkeypatch):
    def sweep_instead(key, content, *, content_type):
        PendingObject.objects.all().delete()

    monkeypatch.setattr(storage, "put", sweep_instead)
    with pytest.raises(StorageError), storing(objects):
        Group.objects.create(name="row")
    assert not Group.objects.filter(name="row").exists()


def test_forgetting_deletes_after_the_commit_and_not_after_a_rollback(objects, keys):
    with storing(objects):
        pass
    with transaction.atomic():
        forget(keys)
        transaction.set_rollback(True)
    assert there(keys) == [True, True]
    with transaction.atomic():
        forget(keys)
        assert there(keys) == [True, True]
    assert there(keys) == [False, False]
    assert not PendingObject.objects.exists()


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from ygs_admin import storage
from ygs_admin.uploads import keeping

step, keys = sys.argv[2], sys.argv[3:]
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
put = storage.put

def put_and_die(key, content, *, content_type):
    if step == f"before {keys.index(key)}":
        kill()
    put(key, content, content_type=content_type)
    if step == f"after {keys.index(key)}":
        kill()

storage.put = put_and_die
with keeping.storing({key: keeping.StoredObject(b"content", "image/jpeg") for key in keys}):
    Group.objects.create(name="row")
    if step == "in the transaction":
        kill()
if step == "after the commit":
    kill()
"""


@pytest.mark.parametrize(
    ("step", "is_kept"),
    [
        ("before 0", False),
        ("after 0", False),
        ("before 1", False),
        ("after 1", False),
        ("in the transaction", False),
        ("after the commit", True),
    ],
)
def test_a_kill_leaves_both_or_neither(keys, step, is_kept):
    database = connections["default"].settings_dict["NAME"]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, database, step, *keys],
        cwd=ROOT,
        env=os.environ,
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -9, killed.stderr.decode()[-2000:]
    sweep(now=True)
    assert Group.objects.filter(name="row").exists() is is_kept
    assert there(keys) == [is_kept, is_kept]
    assert not PendingObject.objects.exists()


def test_the_command_counts_first_and_then_deletes(keys, capsys):
    storage.put(keys[0], b"content", content_type="image/jpeg")
    PendingObject.objects.create(key=keys[0], created_at=timezone.now() - timedelta(hours=2))
    PendingObject.objects.create(key=keys[1])
    call_command("sweep_uploads", "--dry-run", "--json")
    assert capsys.readouterr().out.strip() == '{"to_delete": 1}'
    assert there(keys) == [True, False]
    call_command("sweep_uploads")
    assert "deleted: 1" in capsys.readouterr().out
    assert there(keys) == [False, False]
