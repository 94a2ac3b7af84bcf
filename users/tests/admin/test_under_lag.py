"""Adding, changing and deleting are right while the replica lags; lists read it."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from users.models import User, UserPhoto
from users.tests.admin.desk import Desk, page
from ygs_admin.testing.personas import make_staff
from ygs_admin.testing.replication import tokens_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def fresh_desk(superuser):
    """A browser that has not just written."""
    return Desk(superuser)


def test_a_page_shows_what_is_not_yet_on_the_replica(fresh_desk, full_member, paused_replay):
    User.objects.filter(pk=full_member.pk).update(name="김방금")
    assert "김방금" in fresh_desk.open(full_member).text
    other = User.objects.create(name="김늦은", phone="01033334444", gender="male", birth_year=1990)
    photo = UserPhoto.objects.create(user=other, s3_key="photos/late.jpg")
    shown = fresh_desk.open(photo)
    assert "김늦은" in shown.text
    assert Desk(make_staff("second", is_superuser=True)).save(shown, display_order="4").status_code == 302
    photo.refresh_from_db()
    assert (photo.user_id, photo.display_order) == (other.pk, 4)


def test_what_was_made_can_be_changed_and_deleted_at_once(fresh_desk, paused_replay):
    made = {"name": "박새봄", "gender": "female", "birth_year": "1995", "phone": "01022223333", "status": "pending"}
    fresh_desk.save(fresh_desk.get(page(User, "add")), **made)
    member = User.objects.get(phone="01022223333")
    assert member in fresh_desk.rows(User)
    fresh_desk.save(fresh_desk.open(member), name="박새여름")
    assert fresh_desk.client.post(page(User, "delete", member.pk), {"post": "yes"}).status_code == 302
    assert fresh_desk.rows(User, trash="deleted")[0].name == "박새여름"
    fresh_desk.act(User, "restore_selected", [member], "?trash=deleted")
    assert fresh_desk.rows(User) == [member]


def test_many_are_deleted_and_restored_at_once_though_the_replica_lacks_them(fresh_desk, make_member, paused_replay):
    members = {make_member(name=name) for name in ("김하나", "김두리")}
    # The list may be the replica's and empty; what is chosen is looked for on the primary.
    fresh_desk.act(User, "delete_selected", members, post="yes")
    assert {member.is_deleted for member in User.all_objects.filter(pk__in=[each.pk for each in members])} == {True}
    assert fresh_desk.rows(User) == []
    assert set(fresh_desk.rows(User, trash="deleted")) == members
    fresh_desk.act(User, "restore_selected", members, "?trash=deleted")
    assert set(fresh_desk.rows(User)) == members


def test_every_write_of_the_admin_is_seen_by_the_same_browser_alone(fresh_desk, full_member, paused_replay):
    colleague = Desk(make_staff("second", is_superuser=True))
    fresh_desk.save(fresh_desk.open(full_member), name="김방금")
    assert tokens_of(fresh_desk.client)
    assert [row.name for row in fresh_desk.rows(User)] == ["김방금"]
    assert fresh_desk.client.post(page(User, "delete", full_member.pk), {"post": "yes"}).status_code == 302
    assert fresh_desk.rows(User) == []
    assert [row.name for row in colleague.rows(User)] in ([], ["김철수"])


def test_a_number_that_is_not_yet_on_the_replica_is_taken(fresh_desk, full_member, make_member, paused_replay):
    make_member(phone="01077778888")
    answered = fresh_desk.save(fresh_desk.open(full_member), phone="01077778888")
    assert "phone" in answered.context["adminform"].form.errors


def test_lists_read_the_replica(fresh_desk, full_member, standby_caught_up):
    standby_caught_up()
    with CaptureQueriesContext(connections["replica"]) as captured:
        assert fresh_desk.rows(User) == [full_member]
    assert [query for query in captured if 'FROM "users"' in query["sql"]]
