"""Deleting and restoring: soft, by batch, on the record."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from users.models import User, UserAccessAudit, UserDocument, UserPhoto, UserSubscription
from users.tests.admin.desk import form_of, page

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

WITH_TRASH = [User, UserPhoto, UserDocument, UserSubscription]


def sql_of(captured):
    return [query["sql"] for query in captured]


def delete(desk, row):
    return desk.client.post(page(type(row), "delete", row.pk), {"post": "yes"})


def restore(desk, row):
    return desk.client.post(page(type(row), "restore", row.pk))


@pytest.mark.parametrize("model", WITH_TRASH)
def test_deleting_stamps_and_restoring_brings_back(desk, full_member, model, recorded):
    row = model.objects.get()
    with CaptureQueriesContext(connection) as captured:
        assert delete(desk, row).status_code == 302
    assert not any(sql.startswith("DELETE") for sql in sql_of(captured))
    assert not model.objects.filter(pk=row.pk).exists()
    assert restore(desk, row).status_code == 302
    assert model.objects.filter(pk=row.pk).exists()
    for action in ("delete", "restore"):
        (line,) = recorded(action=action)
        assert (line.user_id, line.resource_type, line.resource_id) == (full_member.pk, model._meta.db_table, row.pk)


def test_a_list_shows_the_live_the_deleted_or_all(desk, full_member, make_member):
    gone = make_member(name="나간이")
    gone.soft_delete(by=None)
    assert desk.rows(User) == [full_member]
    assert desk.rows(User, trash="deleted") == [gone]
    assert set(desk.rows(User, trash="all")) == {full_member, gone}
    assert desk.rows(User, trash="nonsense") == [full_member]


def test_the_page_before_a_deletion_shows_what_goes_with_the_member(desk, full_member):
    shown = desk.get(page(User, "delete", full_member.pk)).text
    for model in (UserPhoto, UserDocument, UserSubscription):
        assert page(model, "change", model.objects.get().pk) in shown


def test_what_hangs_on_the_member_goes_and_comes_back_with_it(desk, full_member):
    old = UserPhoto.objects.create(user=full_member, s3_key="photos/old.jpg")
    UserPhoto.all_objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=7))
    delete(desk, full_member)
    assert not UserPhoto.objects.exists()
    assert not UserSubscription.objects.exists()
    coming_back = desk.get(page(User, "restore", full_member.pk)).text
    assert page(UserPhoto, "change", old.pk) not in coming_back
    assert page(UserSubscription, "change", UserSubscription.all_objects.get().pk) in coming_back
    restore(desk, full_member)
    assert UserPhoto.objects.count() == 1
    assert UserPhoto.all_objects.get(pk=old.pk).is_deleted


def test_the_page_of_a_deleted_row_says_so_and_offers_to_restore(desk, full_member):
    full_member.soft_delete(by=None)
    shown = desk.open(full_member)
    assert page(User, "restore", full_member.pk) in shown.text
    assert page(User, "delete", full_member.pk) not in shown.text
    desk.save(shown, name="김새이름")
    full_member.refresh_from_db()
    assert full_member.name == "김새이름"
    assert full_member.is_deleted


def test_a_live_row_offers_no_restoring(desk, full_member):
    assert page(User, "restore", full_member.pk) not in desk.open(full_member).text
    assert desk.get(page(User, "restore", full_member.pk)).status_code == 302


def test_a_row_is_deleted_once(desk, full_member, recorded):
    assert delete(desk, full_member).status_code == 302
    assert delete(desk, full_member).status_code == 403
    assert len(recorded(action="delete")) == 1


def test_opening_the_restoring_page_changes_nothing(desk, full_member):
    full_member.soft_delete(by=None)
    assert desk.get(page(User, "restore", full_member.pk)).status_code == 200
    full_member.refresh_from_db()
    assert full_member.is_deleted


def test_nobody_restores_without_the_permission(client, manager, full_member):
    full_member.soft_delete(by=None)
    client.force_login(manager)
    assert client.post(page(User, "restore", full_member.pk)).status_code in {302, 403}
    full_member.refresh_from_db()
    assert full_member.is_deleted


def test_a_photo_of_a_deleted_member_can_be_opened_shows_whose_it_is_and_saves(desk, full_member):
    photo = UserPhoto.objects.get()
    User.all_objects.filter(pk=full_member.pk).update(deleted_at=timezone.now())
    shown = desk.open(photo)
    assert "김철수" in shown.text
    assert desk.save(shown, display_order="3").status_code == 302
    photo.refresh_from_db()
    assert (photo.display_order, photo.user_id) == (3, full_member.pk)


class TestMany:
    def test_the_selected_are_deleted_after_a_question(self, desk, make_member, recorded):
        members = [make_member() for _ in range(3)]
        asked = desk.act(User, "delete_selected", members[:2])
        assert asked.status_code == 200
        assert User.objects.count() == 3
        sent = form_of(asked)
        assert sent.getlist("_selected_action") == [member.pk for member in reversed(members[:2])]
        desk.client.post(page(User, "changelist"), sent.urlencode(), "application/x-www-form-urlencoded")
        assert list(User.objects.all()) == members[2:]
        assert {row.user_id for row in recorded(action="delete")} == {member.pk for member in members[:2]}

    def test_the_selected_are_restored(self, desk, make_member, recorded):
        members = [make_member() for _ in range(2)]
        User.all_objects.all().delete()
        desk.act(User, "restore_selected", members[:1], "?trash=deleted")
        assert list(User.objects.all()) == members[:1]
        assert [row.user_id for row in recorded(action="restore")] == [members[0].pk]

    def test_live_rows_offer_deletion_and_deleted_ones_restoring(self, desk):
        def offered(**asked):
            return {
                name
                for name, _label in desk.get(page(User, "changelist"), **asked)
                .context["action_form"]
                .fields["action"]
                .choices
            }

        assert offered() & {"delete_selected", "restore_selected"} == {"delete_selected"}
        assert offered(trash="deleted") & {"delete_selected", "restore_selected"} == {"restore_selected"}
        assert offered(trash="all") >= {"delete_selected", "restore_selected"}

    def test_all_that_a_search_finds_are_deleted_in_few_statements(self, desk, recorded):
        User.objects.bulk_create(
            User(name="김많은", phone=f"0101{n:07}", gender="male", birth_year=1990) for n in range(2500)
        )
        kept = User.objects.create(name="박영희", phone="01099990000", gender="female", birth_year=1990)
        asked = desk.act(
            User, "delete_selected", User.objects.filter(name="김많은")[:50], "?q=김많은", select_across="1"
        )
        assert len(asked.text) < 100_000
        assert "2500" in asked.text
        sent = form_of(asked)
        with CaptureQueriesContext(connection) as captured:
            desk.client.post(
                page(User, "changelist") + "?q=김많은", sent.urlencode(), "application/x-www-form-urlencoded"
            )
        assert list(User.objects.all()) == [kept]
        assert len(recorded(action="delete")) == 2500
        assert len(captured) < 40
        assert not any(sql.startswith("DELETE") for sql in sql_of(captured))

    def test_too_many_at_once_are_refused(self, desk, make_member, monkeypatch):
        monkeypatch.setattr("ygs_admin.web.admin.trash.MOST_AT_ONCE", 2)
        members = [make_member() for _ in range(3)]
        desk.act(User, "delete_selected", members, post="yes", select_across="1")
        assert User.objects.count() == 3


def test_the_admins_own_log_keeps_no_names(desk, full_member):
    from django.contrib.admin.models import LogEntry

    desk.save(desk.open(full_member), name="김새이름")
    delete(desk, full_member)
    assert {entry.object_repr for entry in LogEntry.objects.all()} == {full_member.pk}
    assert LogEntry.objects.count() == 2


def test_a_number_that_a_deleted_member_holds_names_that_member_with_a_way_there(desk, make_member):
    holder = make_member(name="나간이", phone="01011112222")
    holder.soft_delete(by=None)
    member = make_member()
    answered = desk.save(desk.open(member), phone="010-1111-2222")
    assert answered.status_code == 200
    (error,) = answered.context["adminform"].form.errors["phone"]
    assert page(User, "change", holder.pk) in error
    assert "나간이" in error
    assert f'href="{page(User, "change", holder.pk)}"' in answered.text


def test_a_name_with_markup_in_it_stays_text(desk, make_member):
    holder = make_member(name="<b>나간이</b>", phone="01011112222")
    holder.soft_delete(by=None)
    answered = desk.save(desk.open(make_member()), phone="01011112222")
    assert "<b>나간이</b>" not in answered.text


def test_the_record_holds_one_line_for_each_deleted_row(desk, full_member):
    delete(desk, UserPhoto.objects.get())
    assert UserAccessAudit.objects.filter(action="delete").count() == 1
