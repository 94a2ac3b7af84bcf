"""One row of everything that a URL can name, with its objects on S3."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from PIL import Image

from matching.models import (
    CalendarFeed,
    ConsultSchedule,
    ForbiddenPair,
    LeftOut,
    MatchFeedback,
    MatchHistory,
    MatchWeek,
)
from users.models import (
    BulkPlan,
    ReviewDecision,
    SavedView,
    User,
    UserAccessAudit,
    UserDocument,
    UserPhoto,
    UserSubscription,
)
from ygs_admin import storage
from ygs_admin.jobs.models import Job, JobStatus
from ygs_admin.staff.models import Staff
from ygs_admin.staff.models.sessions import StaffSession
from ygs_admin.testing.personas import set_up_authenticator

OBJECTS = ("photos/sample.jpg", "documents/sample.jpg")
OF_PARAMETERS = {"app_label": "users", "url": "admin/", "page": 1, "number": 1, "day": "2026-11-27"}
# The queue's own tables, which have no rows here: their pages answer what they answer to a key that is not there.
OF_THE_QUEUE = {f"procrastinate.Procrastinate{name}": 0 for name in ("Event", "Job", "PeriodicDefer", "Worker")}


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 500), "grey").save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
def member(make_member) -> User:
    member = make_member(name="김철수", status="pending", phone="01012345678", email="chulsoo@ygs.test")
    for key in OBJECTS:
        storage.put(key, picture(), content_type="image/jpeg")
    UserPhoto.objects.create(user=member, s3_key="photos/sample.jpg", thumbnail_s3_key="photos/sample.jpg")
    UserDocument.objects.create(
        user=member, document_type="identity", s3_key="documents/sample.jpg", content_type="image/jpeg"
    )
    UserSubscription.objects.create(
        user=member,
        plan="basic",
        status="active",
        starts_at=timezone.now(),
        expires_at=timezone.now() + timezone.timedelta(days=90),
        introductions_total=5,
        price_krw=1_000_000,
    )
    return member


@pytest.fixture
def samples(member, make_member, manager) -> dict[str, Any]:
    """Return what stands in the URLs.

    Keys are the prefix of an id, `prefix:parameter` where a URL holds two of them, the label of a model of the Django
    admin, or the name of a parameter; `name?` is the query without which the route of that name names nothing.
    """
    partner = make_member(gender="female")
    first, second = sorted((member.pk, partner.pk))
    week = MatchWeek.objects.create(iso_year=2026, iso_week=1, starts_on="2025-12-29", ends_on="2026-01-04")
    introduction = MatchHistory.objects.create(match_week=week, user_a_id=first, user_b_id=second, source="manual")
    other_pair = _pair_of_others(make_member, week)
    ForbiddenPair.objects.create(week=week, user_a_id=first, user_b_id=second, staff=manager, reason="가족")
    LeftOut.objects.create(week=week, user=member, reason="forbidden", remaining=[["gender", 1], ["forbidden", 0]])
    MatchFeedback.objects.create(match_history=introduction, user=member, rating=1, is_incident=True)
    ConsultSchedule.objects.create(user=member, consultant_id=manager.pk, scheduled_at=timezone.now(), channel="phone")
    CalendarFeed.issue(manager)
    UserAccessAudit.record("view", by=manager, user_id=member.pk)
    inspected = datetime(2026, 10, 15, tzinfo=UTC)
    UserAccessAudit(action="export", actor_id=manager.pk, user_id=member.pk, created_at=inspected).save()
    _job_with_file(manager)
    SavedView.keep(owner=manager, name="대기", query={"status": "pending"}, is_shared=True)
    BulkPlan.make(staff=manager, verb="approve", users=User.objects.filter(pk=member.pk), order=[member.pk])
    ReviewDecision.objects.create(
        member=member,
        staff=manager,
        verb="approve",
        row_version=1,
        language="ko",
        final_at=timezone.now(),
        outcome="undone",
    )
    found = (
        OF_PARAMETERS
        | OF_THE_QUEUE
        | {"content_type_id": ContentType.objects.get_for_model(User).pk, "object_id": member.pk}
    )
    for model in apps.get_models():
        found |= _keys_of(model, member)
    return found | {
        "auth.Group": Group.objects.get(name="reviewer").pk,
        "usr": member.pk,
        "mh": introduction.pk,
        "mh:other_id": other_pair.pk,
        "candidates:compare?": f"with={partner.pk}",
        "candidates:introduce?": f"with={partner.pk}",
        "matching:week_add?": f"first={member.pk}&second={partner.pk}",
        "stf": manager.pk,
        "id": manager.pk,
        "month": "2026-10",
        "ses": _session_of(manager).id,
        "kind": "app",
        "token": _token_of(manager),
        "device": set_up_authenticator(manager).pk,
    }


def _pair_of_others(make_member: Any, week: MatchWeek) -> MatchHistory:
    """Return a pair of the round with which the other one can exchange partners."""
    first, second = sorted(make_member(gender=gender).pk for gender in ("male", "female"))
    pair: MatchHistory = MatchHistory.objects.create(
        match_week=week, user_a_id=first, user_b_id=second, source="manual"
    )
    return pair


def _job_with_file(staff: Staff) -> Job:
    parameters = {"reason": "점검", "fields": ["name"], "format": "csv", "labels": "ko", "filters": {}}
    return Job.objects.create(
        kind="member_export",
        staff=staff,
        parameters=parameters,
        language="ko",
        status=JobStatus.CANCELED,
        result_key="jobs/sample",
        result_filename="members.csv",
        result_content_type="text/csv",
        expires_at=timezone.now() + timezone.timedelta(days=1),
    )


def _token_of(staff: Staff) -> str:
    """Return what opens a calendar of the account's."""
    issued = CalendarFeed.issue(staff)
    assert issued is not None
    return issued[1]


def _session_of(staff: Staff) -> StaffSession:
    client = Client()
    client.force_login(staff)
    return StaffSession.objects.get(session_key=client.session.session_key)


def _keys_of(model: Any, member: User) -> dict[str, Any]:
    """Return the first row's key by the model's label and, where the model makes its ids itself, by their prefix."""
    key, rows = model._meta.pk, model._base_manager.all()
    prefix = getattr(key, "prefix", None)
    row = (rows.filter(pk=member.pk) if prefix == "usr" else rows).first()
    if row is None:
        return {}
    return {model._meta.label: row.pk} | ({prefix: row.pk} if getattr(key, "generated_by_client", False) else {})
