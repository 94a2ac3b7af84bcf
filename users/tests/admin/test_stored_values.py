"""What is stored survives an edit of something else, to the microsecond and the line break."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from users.models import User, UserDocument, UserLifestyle, UserPreference, UserProfile, UserSubscription

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

MOMENT = datetime(2026, 3, 10, 14, 59, 59, 123456, tzinfo=UTC)


def stored(row):
    return type(row)._base_manager.filter(pk=row.pk).values().get()


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "America/New_York"])
def test_a_save_changes_no_time(desk, full_member, zone):
    row = UserSubscription.objects.get()
    UserSubscription.objects.update(starts_at=MOMENT, expires_at=MOMENT, created_at=MOMENT)
    before = stored(row)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL TIME ZONE '{zone}'")
    assert desk.save(desk.open(row), price_krw="500000").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
    after = stored(row)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"price_krw", "updated_at"}


def test_a_time_that_is_typed_is_seoul_time(desk, full_member):
    row = UserSubscription.objects.get()
    desk.save(desk.open(row), expires_at_0="2026-03-11", expires_at_1="00:00:00")
    row.refresh_from_db()
    assert row.expires_at == datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


UNKNOWN = [
    (User, {"status": "frozen", "gender": "other"}, {"name": "김새이름"}),
    (UserProfile, {"education": "phd", "mbti": "XXXX", "salary_range": "trillions"}, {"job": "의사"}),
    (UserLifestyle, {"smoking": "pipe", "religion": "jedi"}, {"hobbies": "등산"}),
    (UserPreference, {"mbti": ["INTP", "XXXX", "ENTJ"], "education_min": "phd"}, {"note": "메모"}),
    (UserDocument, {"status": "lost", "document_type": "poem"}, {"reject_note": "메모"}),
    (UserSubscription, {"plan": "golden", "status": "frozen"}, {"price_krw": "1"}),
]


@pytest.mark.parametrize(("model", "unknown", "edit"), UNKNOWN)
def test_unknown_values_survive_an_edit_of_another_field(desk, full_member, model, unknown, edit):
    row = model.objects.get()
    model.objects.filter(pk=row.pk).update(**unknown)
    before = stored(row)
    assert desk.save(desk.open(row), **edit).status_code == 302
    after = stored(row)
    assert {name for name in before if before[name] != after[name]} - {"updated_at"} == set(edit)
    assert {name: after[name] for name in unknown} == unknown


def test_unknown_values_survive_inline_too(desk, full_member):
    UserProfile.objects.update(education="phd")
    desk.save(desk.open(full_member), **{"profile-0-job": "의사"})
    profile = UserProfile.objects.get()
    assert (profile.job, profile.education) == ("의사", "phd")


def test_a_change_to_an_unknown_value_is_refused(desk, full_member):
    answered = desk.save(desk.open(full_member), status="melted")
    assert "status" in answered.context["adminform"].form.errors


@pytest.mark.parametrize("text", ["한 줄\n두 줄", "한 줄\r\n두 줄", " 앞뒤 공백 \n", "\n첫 줄이 빈 글"])
def test_text_survives_an_edit_of_another_field(desk, full_member, text):
    UserProfile.objects.update(about_me=text)
    profile = UserProfile.objects.get()
    assert desk.save(desk.open(profile), job="의사").status_code == 302
    profile.refresh_from_db()
    assert (profile.about_me, profile.job) == (text, "의사")


@pytest.mark.parametrize("weights", [None, {"age": 3}, {"age": 3, "unknown": 9}, {}])
def test_json_survives_an_edit_of_another_field(desk, full_member, weights):
    UserPreference.objects.update(weights=weights)
    preference = UserPreference.objects.get()
    before = stored(preference)
    assert desk.save(desk.open(preference), note="메모").status_code == 302
    assert stored(preference)["weights"] == before["weights"]


def test_null_and_empty_text_stay_what_they_are(desk, full_member):
    User.objects.update(email="", kakao_id=None)
    desk.save(desk.open(full_member), name="김새이름")
    full_member.refresh_from_db()
    assert (full_member.email, full_member.kakao_id) == ("", None)


def test_saving_as_it_came_sends_no_update(desk, full_member, recorded):
    before = stored(full_member)
    assert desk.save(desk.open(full_member)).status_code == 302
    assert stored(full_member) == before
    assert recorded(action="update") == []


def test_the_key_and_the_times_of_the_row_cannot_be_posted(desk, full_member):
    before = stored(full_member)
    desk.save(
        desk.open(full_member), id="usr_01J9ABCDEFGHJKMNPQRSTVWXYZ", created_at="2020-01-01", deleted_at="2020-01-01"
    )
    assert stored(full_member) == before


def test_objects_on_s3_are_shown_and_not_changed(desk, full_member):
    shown = desk.open(full_member)
    assert "photos/1.jpg" in shown.text
    assert "documents/1.jpg" in shown.text
    assert desk.save(shown, **{"photos-0-s3_key": "stolen.jpg", "photos-0-display_order": "2"}).status_code == 302
    photo = full_member.photos.get()
    assert (photo.s3_key, photo.display_order) == ("photos/1.jpg", 2)


def test_rows_without_the_consoles_defaults_load_and_save(desk, full_member):
    """As the backend leaves them: JSON null, no `updated_at`, values in another form."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE user_preferences SET weights = 'null', mbti = 'null', districts = 'null'")
        cursor.execute("UPDATE users SET phone = '010-9999-8888'")
    assert desk.save(desk.open(full_member), name="김새이름").status_code == 302
    full_member.refresh_from_db()
    assert (full_member.name, full_member.phone) == ("김새이름", "010-9999-8888")
