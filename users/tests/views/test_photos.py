"""Photos: sending, ordering, deleting, bringing back, looking at one."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from users.models import Action, UserAccessAudit, UserPhoto
from ygs_admin import storage
from ygs_admin.db.ids import new_id
from ygs_admin.storage import StorageError
from ygs_admin.uploads.models import PendingObject

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


@pytest.fixture
def photos(member):
    keys = [f"photos/tests/{place}.jpg" for place in range(3)]
    return [UserPhoto.objects.create(user=member, s3_key=key, display_order=at) for at, key in enumerate(keys)]


def file(name="face.jpg", content=None):
    if content is None:
        buffer = io.BytesIO()
        Image.new("RGB", (300, 400), "teal").save(buffer, "JPEG")
        content = buffer.getvalue()
    return SimpleUploadedFile(name, content)


def send(client, member, *files, **headers):
    return client.post(reverse("users:photo_add", args=[member.pk]), {"photos": list(files)}, headers=headers)


def ask_order(client, member, shown, wanted, **headers):
    sent = {"shown": " ".join(shown), "order": " ".join(wanted)}
    return client.post(reverse("users:photo_order", args=[member.pk]), sent, headers=headers)


def order_of(member):
    return list(UserPhoto.objects.filter(user=member).values_list("pk", flat=True))


def test_photos_are_kept_in_the_order_in_which_they_come(client, reviewer, member):
    client.force_login(reviewer)
    assert send(client, member, file("a.jpg"), file("b.jpg")).status_code == 302
    photos = list(member.photos.all())
    assert [photo.display_order for photo in photos] == [0, 1]
    for photo in photos:
        assert photo.s3_key == f"photos/{member.pk}/{photo.pk}.jpg"
        assert storage.exists(photo.s3_key)
        assert storage.exists(photo.thumbnail_s3_key)
    rows = UserAccessAudit.objects.filter(action=Action.CREATE, user_id=member.pk)
    assert set(rows.values_list("resource_id", flat=True)) == {photo.pk for photo in photos}
    assert not PendingObject.objects.exists()


def test_of_several_files_the_good_ones_are_taken_and_the_others_named(client, reviewer, member):
    client.force_login(reviewer)
    answer = send(client, member, file(), file("evil.svg", b"<svg onload=alert(1)>"), **{"HX-Request": "true"})
    assert answer.status_code == 422
    assert "evil.svg" in answer.text
    assert "<svg onload" not in answer.text
    assert member.photos.count() == 1


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_nothing_sent_is_said(client, reviewer, member, headers):
    client.force_login(reviewer)
    assert send(client, member, **headers).status_code == 422


def test_the_eleventh_is_refused_and_leaves_no_object(client, reviewer, member):
    UserPhoto.objects.bulk_create([UserPhoto(user=member, s3_key=f"x/{n}") for n in range(10)])
    client.force_login(reviewer)
    assert send(client, member, file(), **{"HX-Request": "true"}).status_code == 422
    assert member.photos.count() == 10
    assert not PendingObject.objects.exists()


def test_where_s3_fails_between_two_objects_nothing_is_kept(client, reviewer, member, monkeypatch):
    stored = []

    def fail_second(key, content, *, content_type):
        if stored:
            raise StorageError(key)
        stored.append(key)

    monkeypatch.setattr(storage, "put", fail_second)
    client.force_login(reviewer)
    assert send(client, member, file(), **{"HX-Request": "true"}).status_code == 422
    assert len(stored) == 1
    assert not UserPhoto.all_objects.exists()
    assert not UserAccessAudit.objects.filter(action=Action.CREATE).exists()


def test_a_request_that_is_too_large_is_refused_before_it_is_read(client, reviewer, member):
    client.force_login(reviewer)
    url = reverse("users:photo_add", args=[member.pk])
    answer = client.post(url, {"photos": file()}, CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 413


def test_another_form_takes_no_files_worth_the_name(client, reviewer, member):
    client.force_login(reviewer)
    url = reverse("users:edit_profile", args=[member.pk])
    assert client.post(url, {"job": "x" * 4_000_000}).status_code == 413


def test_they_are_put_in_order(client, reviewer, member, photos):
    first, second, third = order_of(member)
    client.force_login(reviewer)
    answer = ask_order(client, member, [first, second, third], [third, first, second], **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert order_of(member) == [third, first, second]
    row = UserAccessAudit.objects.get(action=Action.UPDATE, user_id=member.pk)
    assert row.detail == {"display_order": [[first, second, third], [third, first, second]]}


def test_the_same_order_again_changes_nothing(client, reviewer, member, photos):
    now = order_of(member)
    client.force_login(reviewer)
    assert ask_order(client, member, now, now).status_code == 302
    assert not UserAccessAudit.objects.filter(action=Action.UPDATE).exists()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_order_over_photos_that_have_changed_is_a_conflict(client, reviewer, member, photos, headers):
    first, second, third = order_of(member)
    photos[1].soft_delete(by=reviewer)
    client.force_login(reviewer)
    answer = ask_order(client, member, [first, second, third], [third, first, second], **headers)
    assert answer.status_code == (409 if headers else 302)
    assert order_of(member) == [first, third]


@pytest.mark.parametrize("order", ["", "x", "pho_x", "{0} {0} {1}", "{0} {1} {2} \x00"])
def test_an_order_that_is_none_is_refused(client, reviewer, member, photos, order):
    keys = order_of(member)
    client.force_login(reviewer)
    answer = ask_order(client, member, keys, [order.format(*keys)], **{"HX-Request": "true"})
    assert answer.status_code == 422
    assert order_of(member) == keys


def test_a_photo_of_somebody_else_is_not_put_here(client, reviewer, member, photos, make_member):
    other = UserPhoto.objects.create(user=make_member(), s3_key="x")
    keys = order_of(member)
    client.force_login(reviewer)
    answer = ask_order(client, member, keys, [*keys[:2], other.pk], **{"HX-Request": "true"})
    assert answer.status_code == 409
    assert order_of(member) == keys


def test_a_photo_is_deleted_and_brought_back(client, reviewer, member, photos):
    photo = photos[0]
    client.force_login(reviewer)
    args = [member.pk, photo.pk]
    assert client.get(reverse("users:photo_delete", args=args)).status_code == 200
    assert client.post(reverse("users:photo_delete", args=args)).status_code == 302
    assert photo.pk not in order_of(member)
    assert "photos/tests/0.jpg" in client.get(reverse("users:photos_deleted", args=[member.pk])).text
    assert client.post(reverse("users:photo_restore", args=args)).status_code == 302
    assert photo.pk in order_of(member)
    actions = UserAccessAudit.objects.filter(resource_id=photo.pk).values_list("action", flat=True)
    assert sorted(actions) == [Action.DELETE, Action.RESTORE]


def test_looking_at_one_is_on_record_before_its_url_exists(client, consultant, member, photos):
    client.force_login(consultant)
    answer = client.get(reverse("users:photo", args=[member.pk, photos[1].pk]))
    assert "X-Amz-Signature" in answer.text
    row = UserAccessAudit.objects.get(action=Action.VIEW, resource_id=photos[1].pk)
    assert (row.user_id, row.actor_id, row.resource_type) == (member.pk, consultant.pk, "user_photos")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["photo", "photo_delete", "photo_restore"])
def test_another_members_photo_is_not_found_here(client, manager, make_member, photos, name):
    client.force_login(manager)
    url = reverse(f"users:{name}", args=[make_member().pk, photos[0].pk])
    answer = client.post(url) if name == "photo_restore" else client.get(url)
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["photo_add", "photos_deleted"])
def test_a_member_who_is_not_there_has_no_photos(client, manager, name):
    client.force_login(manager)
    assert client.get(reverse(f"users:{name}", args=[new_id("usr")])).status_code == 404


@pytest.mark.parametrize(
    ("name", "method", "person", "status"),
    [
        ("photo_add", "post", "matchmaker", 403),
        ("photo_order", "post", "matchmaker", 403),
        ("photos_deleted", "get", "consultant", 403),
        ("photo_add", "get", "auditor", 403),
        ("photo_order", "get", "reviewer", 405),
        ("photos_deleted", "post", "reviewer", 405),
    ],
)
def test_who_may_not_is_refused(client, request, member, name, method, person, status):
    client.force_login(request.getfixturevalue(person))
    assert getattr(client, method)(reverse(f"users:{name}", args=[member.pk])).status_code == status


def test_a_deleted_members_photos_stay_as_they_are(client, manager, member, photos):
    member.soft_delete(by=manager)
    client.force_login(manager)
    assert client.get(reverse("users:photo_add", args=[member.pk])).status_code == 404
    assert client.post(reverse("users:photo_delete", args=[member.pk, photos[0].pk])).status_code == 404
