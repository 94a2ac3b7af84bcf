"""The router's decision, without a query."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from contextvars import copy_context

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, router

from users.models import MemberSearch, User, UserAccessAudit, UserPhoto
from ygs_admin.db.ownership import shared_models
from ygs_admin.db.replication.position import somewhere_later
from ygs_admin.db.routing import (
    PrimaryDownError,
    Reads,
    current_reads,
    is_replicable,
    reading_from_replica,
    reading_without_primary,
    using_primary,
)
from ygs_admin.staff.models import Staff


def reads_from(model: type[models.Model] = User) -> str:
    return router.db_for_read(model)


def test_outside_a_request_everything_is_read_from_the_primary() -> None:
    assert reads_from() == "default"


def test_a_block_may_read_from_the_replica_and_ends() -> None:
    with reading_from_replica():
        assert reads_from() == "replica"
    assert reads_from() == "default"


def test_blocks_nest_and_restore_what_was_there() -> None:
    with reading_from_replica():
        with using_primary():
            assert reads_from() == "default"
            with reading_from_replica():
                assert reads_from() == "replica"
            assert reads_from() == "default"
        assert reads_from() == "replica"


def test_a_block_left_by_an_error_restores_what_was_there() -> None:
    with pytest.raises(ZeroDivisionError), reading_from_replica():
        _ = 1 / 0
    assert reads_from() == "default"


def test_the_first_write_moves_the_rest_of_the_block_and_the_blocks_around_it() -> None:
    with reading_from_replica() as outer:
        with reading_from_replica():
            assert router.db_for_write(User) == "default"
            assert reads_from() == "default"
        assert reads_from() == "default"
    assert outer.has_written


def test_a_block_that_only_reads_leaves_the_block_around_it_on_the_replica() -> None:
    with reading_from_replica() as outer:
        with using_primary():
            reads_from()
        assert reads_from() == "replica"
    assert not outer.has_written


def test_a_block_inside_one_that_has_written_reads_the_primary() -> None:
    with reading_from_replica():
        router.db_for_write(User)
        with reading_from_replica():
            assert reads_from() == "default"
        with using_primary(), reading_from_replica():
            assert reads_from() == "default"


def test_a_block_has_to_see_what_the_blocks_around_it_have_to_see() -> None:
    with reading_from_replica([somewhere_later()]), reading_from_replica():
        assert reads_from() == "default"
    with using_primary([somewhere_later()]), using_primary(), reading_from_replica():
        assert reads_from() == "default"


def test_an_audit_row_moves_the_rest_of_the_block() -> None:
    with reading_from_replica():
        router.db_for_write(UserAccessAudit)
        assert reads_from() == "default"


def test_writing_a_session_keeps_no_block_on_the_primary() -> None:
    with reading_from_replica() as reads:
        assert router.db_for_write(Session) == "default"
        assert reads_from() == "replica"
    assert not reads.has_written


def test_a_new_thread_does_not_inherit_the_decision() -> None:
    seen: list[str] = []
    with reading_from_replica():
        thread = threading.Thread(target=lambda: seen.append(reads_from()))
        thread.start()
        thread.join()
    assert seen == ["default"]


def test_a_decision_in_another_context_changes_nothing_here() -> None:
    def decide() -> str:
        block = reading_from_replica()
        block.__enter__()
        return reads_from()

    assert copy_context().run(decide) == "replica"
    assert reads_from() == "default"


def test_tasks_of_one_loop_have_each_a_decision_of_their_own() -> None:
    async def inside(block: Callable[[], AbstractContextManager[Reads]]) -> str:
        with block():
            await asyncio.sleep(0.02)
            return reads_from()

    async def both() -> list[str]:
        return await asyncio.gather(inside(reading_from_replica), inside(using_primary), inside(reading_from_replica))

    # Playwright's interface runs a loop in the thread of the tests.
    with ThreadPoolExecutor(1) as beside:
        assert beside.submit(lambda: asyncio.run(both())).result() == ["replica", "default", "replica"]
    assert current_reads() is None


def test_without_the_primary_an_instance_may_be_put_together_but_not_saved() -> None:
    with reading_without_primary("replica"):
        photo = UserPhoto(user=User(), s3_key="photos/1.jpg")
        assert reads_from() == "replica"
        with pytest.raises(PrimaryDownError):
            photo.save()
        with pytest.raises(PrimaryDownError):
            UserPhoto.objects.create(s3_key="photos/1.jpg")


@pytest.mark.parametrize("model", [Staff, Group, Permission, Session, ContentType, LogEntry])
def test_what_decides_who_may_do_what_is_always_read_from_the_primary(model: type[models.Model]) -> None:
    with reading_from_replica():
        assert reads_from(model) == "default"


def test_the_shared_tables_and_the_index_beside_them_may_be_read_from_the_replica() -> None:
    models_read = [*shared_models(), MemberSearch]
    assert len(models_read) == 13
    with reading_from_replica():
        assert {reads_from(model) for model in models_read} == {"replica"}
    assert all(map(is_replicable, models_read))


def test_a_write_always_names_the_primary_whatever_the_instance_was_read_from() -> None:
    instance = User()
    instance._state.db = "replica"
    assert router.db_for_write(User, instance=instance) == "default"


def test_without_a_replica_everything_goes_to_the_primary(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    monkeypatch.delitem(settings.DATABASES, "replica")  # type: ignore[attr-defined]
    with reading_from_replica():
        assert reads_from() == "default"
