"""What was deleted, and whoever has left, is destroyed when its time is over: rows and objects, and nothing else."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from psycopg import sql

from matching.models import (
    ConsultSchedule,
    ForbiddenPair,
    LeftOut,
    MatchFeedback,
    MatchHistory,
    MatchWeek,
    PastIntroduction,
)
from users.destruction import destroying
from users.destruction.destroying import Destruction
from users.models import (
    Action,
    ReviewClaim,
    User,
    UserAccessAudit,
    UserDocument,
    UserLifestyle,
    UserPhoto,
    UserPreference,
    UserProfile,
    UserSubscription,
)
from users.subscriptions.milestones import milestones_of
from users.tasks.retention import purge_deleted
from ygs_admin import storage
from ygs_admin.db.tests.deletable import member_with_rows
from ygs_admin.uploads.models import PendingObject

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = timezone.now() - timedelta(days=31)
LATELY = timezone.now() - timedelta(days=29)
HANGING = (UserPhoto, UserDocument, UserSubscription, UserPreference, UserLifestyle, UserProfile)


def destroy():
    return sum(Destruction().run())


def touch(model, where, **columns):
    """Write columns as they are, past verbs and managers, as the backend might have."""
    model.all_objects.filter(**where).update(updated_at=columns.pop("updated_at", LONG_AGO), **columns)


def left(member, **columns):
    touch(User, {"pk": member.pk}, status="withdrawn", **columns)
    return member


@pytest.fixture
def member(make_member, reviewer):
    made = member_with_rows(make_member)
    ReviewClaim.objects.hold(made.pk, by=reviewer)
    return made


@pytest.fixture
def partner(make_member):
    return make_member(name="이영희")


@pytest.fixture
def pair(member, partner):
    user_a, user_b = sorted([member, partner], key=lambda each: each.pk)
    made = MatchHistory.objects.create(
        user_a=user_a,
        user_b=user_b,
        source="engine",
        status="met",
        a_response="accepted",
        b_response="accepted",
        introduced_at=LONG_AGO,
        date_fixed_at=LONG_AGO + timedelta(days=2),
        met_at=LATELY,
    )
    week = MatchWeek.objects.create(iso_year=2026, iso_week=44, starts_on="2026-10-26", ends_on="2026-11-01")
    ForbiddenPair.objects.create(week=week, user_a=user_a, user_b=user_b)
    LeftOut.objects.create(week=week, user=member, reason="age", remaining=[])
    MatchFeedback.objects.create(match_history=made, user=member, rating=4, comment="상냥했습니다.")
    MatchFeedback.objects.create(match_history=made, user=partner, rating=2, comment="김철수 씨는 늦었습니다.")
    ConsultSchedule.objects.create(user=member, consultant_id="stf_x", scheduled_at=LONG_AGO, channel="phone")
    return made


@pytest.fixture
def deleted(member, pair, manager):
    member.soft_delete(by=manager)
    touch(User, {"pk": member.pk}, deleted_at=LONG_AGO)
    return member


def test_a_member_goes_with_everything(deleted, superuser):
    LogEntry.objects.create(
        user=superuser,
        content_type=ContentType.objects.get_for_model(User),
        object_id=deleted.pk,
        object_repr="김철수",
        action_flag=CHANGE,
    )
    assert destroy() == 1
    assert not User.all_objects.filter(pk=deleted.pk).exists()
    assert not any(model._base_manager.filter(user=deleted.pk).exists() for model in (*HANGING, ConsultSchedule))
    assert not ReviewClaim.objects.exists()
    assert not LogEntry.objects.exists()


def test_no_column_of_the_database_holds_the_member_but_the_access_record(deleted):
    """Every table that there is: what is added later is found here, too."""
    destroy()
    for model in apps.get_models(include_auto_created=True):
        if model is not UserAccessAudit:
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(model._meta.db_table)))
                found = [row for (row,) in cursor.fetchall() if deleted.pk in row or "김철수" in row]
            assert not found, model


def test_the_other_of_a_pair_keeps_the_own_part(deleted, pair, partner):
    destroy()
    assert not MatchHistory.all_objects.exists()
    assert not MatchFeedback.all_objects.exists()
    kept = PastIntroduction.objects.get(user=partner)
    assert (kept.pk, kept.status, kept.response, kept.introduced_at) == (pair.pk, "met", "accepted", LONG_AGO)
    known = milestones_of(partner.pk, LONG_AGO - timedelta(days=1), timezone.now())
    assert (known.first_introduced_at, known.meetings) == (LONG_AGO, 1)
    assert known.first_date_fixed_at == LONG_AGO + timedelta(days=2)


def test_it_goes_with_the_other(deleted, partner):
    destroy()
    left(partner)
    assert destroy() == 1
    assert not PastIntroduction.objects.exists()


def test_of_two_who_go_together_nothing_is_kept(deleted, partner):
    left(partner)
    assert destroy() == 2
    assert not PastIntroduction.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_what_the_other_sees_of_it_is_no_name(deleted, partner, client, manager, standby_caught_up):
    destroy()
    standby_caught_up()
    client.force_login(manager)
    page = client.get(f"/users/{partner.pk}/").content.decode()
    assert "이전 회원" in page
    assert "김철수" not in page


def test_the_record_says_so_and_not_whom(deleted, partner):
    destroy()
    told = UserAccessAudit.objects.get(action=Action.PURGE)
    assert (told.actor_id, told.user_id, told.resource_type) == ("system", None, "users")
    assert told.detail["rows"] == {
        "users": 1, "user_profiles": 1, "user_lifestyles": 1, "user_preferences": 1, "user_subscriptions": 1,
        "user_photos": 2, "user_documents": 1, "match_histories": 1, "match_feedbacks": 2, "consult_schedules": 1,
    }  # fmt: skip
    assert told.detail["objects"] == 3
    assert deleted.pk not in json.dumps(told.detail)


@pytest.mark.parametrize("days", [1, 30, 90])
def test_the_setting_says_how_long(member, settings, days):
    settings.DELETED_KEPT_DAYS = days
    just, not_yet = (timezone.now() - timedelta(days=days) + timedelta(hours=h) for h in (-1, 1))
    touch(User, {"pk": member.pk}, deleted_at=not_yet)
    assert destroy() == 0
    touch(User, {"pk": member.pk}, deleted_at=just)
    assert destroy() == 1


def test_who_stays_stays(member, make_member):
    left(make_member(), updated_at=LATELY)
    touch(User, {"pk": make_member().pk}, status="rejected")
    touch(User, {"pk": make_member().pk}, status="suspended")
    assert destroy() == 0
    assert User.objects.count() == 4


def test_who_never_was_changed_since_signing_up_has_left_then(make_member):
    touch(User, {"pk": make_member().pk}, status="withdrawn", created_at=LONG_AGO, updated_at=None)
    assert destroy() == 1


def test_who_has_left_stays_while_the_subscription_runs(member, capsys):
    left(member)
    call_command("purge_deleted", "--json")
    summary = json.loads(capsys.readouterr().out)
    assert (summary["held_back"], summary["destroyed"]) == (1, {})
    touch(UserSubscription, {"user": member.pk}, status="canceled")
    assert destroy() == 1


def test_what_was_deleted_alone_goes_alone(member, pair, manager):
    first, second = UserPhoto.objects.filter(user=member)
    first.soft_delete(by=manager)
    UserPhoto.all_objects.filter(pk=first.pk).update(deleted_at=LONG_AGO)
    feedback, other = MatchFeedback.objects.order_by("pk")
    touch(MatchFeedback, {"pk": feedback.pk}, deleted_at=LONG_AGO)
    touch(ConsultSchedule, {}, deleted_at=LONG_AGO)
    assert destroy() == 3
    assert list(UserPhoto.all_objects.filter(user=member)) == [second]
    assert list(MatchFeedback.all_objects.all()) == [other]
    assert User.objects.filter(pk=member.pk).exists()
    assert {row.resource_type for row in UserAccessAudit.objects.filter(action=Action.PURGE)} == {
        "user_photos", "match_feedbacks", "consult_schedules",
    }  # fmt: skip


def test_a_pair_that_was_introduced_stays_and_a_dropped_proposal_goes(pair):
    touch(MatchHistory, {"pk": pair.pk}, deleted_at=LONG_AGO)
    assert destroy() == 0
    touch(MatchHistory, {"pk": pair.pk}, introduced_at=None)
    assert destroy() == 1
    assert not MatchFeedback.all_objects.exists()


def test_the_objects_go_too(member, bucket_of):
    keys = bucket_of(member)
    left(member)
    touch(UserSubscription, {"user": member.pk}, status="expired")
    destroy()
    assert not any(storage.exists(key) for key in keys)
    assert not PendingObject.objects.exists()


@pytest.fixture
def bucket_of():
    def put(member):
        rows = [*UserPhoto.objects.filter(user=member), *UserDocument.objects.filter(user=member)]
        for row in rows:
            storage.put(row.s3_key, b"x", content_type="image/jpeg")
        return [row.s3_key for row in rows]

    return put


def test_with_s3_down_the_rows_go_and_the_objects_wait(deleted, store_down, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("purge_deleted", "--json")
    assert ended.value.code == 1
    summary = json.loads(capsys.readouterr().out)
    assert (summary["objects"], summary["objects_left"]) == (3, 3)
    assert PendingObject.objects.count() == 3
    assert not User.all_objects.filter(pk=deleted.pk).exists()


def test_whoever_another_table_refers_to_stays_and_the_others_go(make_member, capsys):
    """The backend may have tables of which the console knows nothing."""
    held, *others = (left(make_member()) for _ in range(4))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE messages (user_id varchar REFERENCES users)")
        cursor.execute("INSERT INTO messages VALUES (%s)", [held.pk])
    try:
        with pytest.raises(SystemExit) as ended:
            call_command("purge_deleted", "--json")
        summary = json.loads(capsys.readouterr().out)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE messages")
    assert (ended.value.code, summary["refused"]) == (1, [held.pk])
    assert summary["destroyed"]["users"] == len(others)
    assert list(User.objects.values_list("pk", flat=True)) == [held.pk]
    assert UserProfile.objects.filter(pk=held.pk).exists()


def test_batches_follow_each_other(make_member, monkeypatch):
    monkeypatch.setattr(destroying, "BATCH", 2)
    for _ in range(5):
        left(make_member())
    assert list(Destruction().run()) == [2, 2, 1]
    assert UserAccessAudit.objects.filter(action=Action.PURGE).count() == 3


def test_whoever_is_restored_meanwhile_stays(deleted, manager, monkeypatch):
    def restored_first(self, kind, ids):
        deleted.undelete(by=manager)
        return destroy_batch(self, kind, ids)

    destroy_batch = Destruction._destroy
    monkeypatch.setattr(Destruction, "_destroy", restored_first)
    assert destroy() == 0
    assert User.objects.get(pk=deleted.pk).photos(manager="all_objects").count() == 2
    assert not UserAccessAudit.objects.filter(action=Action.PURGE).exists()


def test_where_nothing_is_due_nothing_is_told(member, capsys):
    call_command("purge_deleted")
    assert "파기할 때가 된 것이 없습니다." in capsys.readouterr().out
    assert not UserAccessAudit.objects.filter(action=Action.PURGE).exists()


def test_a_dry_run_counts_and_writes_nothing(deleted, capsys):
    call_command("purge_deleted", "--dry-run", "--json")
    summary = json.loads(capsys.readouterr().out)
    assert summary["due"]["users"] == 1
    assert summary["due"]["user_photos"] == 0
    assert summary["destroyed"] == {}
    assert User.all_objects.filter(pk=deleted.pk).exists()


def test_a_database_that_fails_is_told(deleted, monkeypatch):
    def fail(*_given):
        raise DatabaseError("the server went away")

    monkeypatch.setattr(Destruction, "_destroy", fail)
    with pytest.raises(CommandError, match="the server went away") as error:
        call_command("purge_deleted")
    assert error.value.returncode == 2


def test_the_queue_does_it_daily(deleted):
    purge_deleted(timestamp=0)
    assert not User.all_objects.filter(pk=deleted.pk).exists()
