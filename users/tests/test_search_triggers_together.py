"""The console's index follows writers at the same moment, and writers with another role."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from users.models import User, UserProfile
from users.tests.searching import found, index_is_right, indexed
from ygs_admin.demo.cluster import Cluster

pytestmark = pytest.mark.django_db(transaction=True)


class TestAtTheSameMoment:
    def test_a_change_of_the_member_and_one_of_the_profile_both_hold(self, make_member: Callable[..., User]) -> None:
        member = make_member(name="김철수", district="서울 강남구")
        thread = in_thread(lambda: UserProfile.objects.filter(user=member).update(district="제주 제주시"))
        with transaction.atomic():
            User.objects.filter(pk=member.pk).update(name="이영희")
            thread.start()
            thread.join(timeout=0.3)
        thread.join(timeout=10)
        assert (indexed(member.pk)["name_key"], indexed(member.pk)["district"]) == ("이영희", "제주 제주시")
        assert index_is_right()

    def test_the_other_way_round_too(self, make_member: Callable[..., User]) -> None:
        member = make_member(name="김철수", district="서울 강남구")
        thread = in_thread(lambda: User.objects.filter(pk=member.pk).update(name="이영희"))
        with transaction.atomic():
            UserProfile.objects.filter(user=member).update(district="제주 제주시")
            thread.start()
            thread.join(timeout=0.3)
        thread.join(timeout=10)
        assert (indexed(member.pk)["name_key"], indexed(member.pk)["district"]) == ("이영희", "제주 제주시")
        assert index_is_right()

    def test_the_later_of_two_changes_of_one_member_holds(self, make_member: Callable[..., User]) -> None:
        member = make_member(name="김철수")
        thread = in_thread(lambda: User.objects.filter(pk=member.pk).update(name="나중이"))
        with transaction.atomic():
            User.objects.filter(pk=member.pk).update(name="먼저야", birth_year=1980)
            thread.start()
            thread.join(timeout=0.3)
        thread.join(timeout=10)
        assert (indexed(member.pk)["name_key"], indexed(member.pk)["birth_year"]) == ("나중이", 1980)

    def test_a_change_that_is_rolled_back_leaves_no_trace(self, make_member: Callable[..., User]) -> None:
        member = make_member(name="김철수")
        with transaction.atomic():
            User.objects.filter(pk=member.pk).update(name="이영희")
            transaction.set_rollback(True)
        assert found("철수") == {member.pk}
        assert index_is_right()


def in_thread(work: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    return threading.Thread(target=run)


class TestAnotherRole:
    """The backend signs in with a role of its own, without rights on the console's table."""

    @pytest.fixture
    def backend_role(self, cluster: Cluster) -> Iterator[psycopg.Connection[Any]]:
        database = str(connection.settings_dict["NAME"])
        with cluster.primary.connect(database) as superuser:
            superuser.execute("CREATE ROLE t_backend")
            superuser.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON users, user_profiles TO t_backend")
            superuser.execute("SET ROLE t_backend")
            yield superuser
            superuser.execute("RESET ROLE")
            superuser.execute("DROP OWNED BY t_backend")
            superuser.execute("DROP ROLE t_backend")

    def test_it_writes_members_and_the_index_follows(
        self, backend_role: psycopg.Connection[Any], make_member: Callable[..., User]
    ) -> None:
        member = make_member(name="김철수")
        backend_role.execute("UPDATE users SET name = '이영희' WHERE id = %s", [member.pk])
        backend_role.execute("UPDATE user_profiles SET district = '제주 제주시' WHERE user_id = %s", [member.pk])
        assert found("영희") == {member.pk}
        assert indexed(member.pk)["district"] == "제주 제주시"

    def test_it_cannot_write_the_index_itself(self, backend_role: psycopg.Connection[Any]) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            backend_role.execute("DELETE FROM console_member_search")
