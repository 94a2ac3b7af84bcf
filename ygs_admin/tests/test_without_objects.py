"""Whatever is wrong with S3, every page works, and nothing of what is sent is half kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from users.models import UserPhoto
from ygs_admin import storage
from ygs_admin.testing.failing_store import STATES
from ygs_admin.tests.routes import address, every_route
from ygs_admin.tests.samples import OBJECTS, picture
from ygs_admin.tests.test_every_url import signed_in, status

pytestmark = pytest.mark.django_db

NOT_FOUND = 404
UNAVAILABLE = 503


@pytest.fixture
def client(superuser) -> Client:
    return signed_in(superuser)


@pytest.fixture
def answers(client, samples) -> dict[str, int]:
    """Return address → what it answers while S3 is well."""
    addresses = {address(route, samples) for route in every_route()}
    return {url: status(client, "GET", url) for url in sorted(addresses)}


@pytest.fixture
def objects_gone(answers) -> None:
    """The rows name objects that are not there."""
    for key in OBJECTS:
        storage.delete(key)


@pytest.mark.parametrize("state", [*STATES, "objects_gone"])
def test_every_page_works(request, client, answers, state):
    request.getfixturevalue(state)
    now = {url: status(client, "GET", url) for url in answers}
    others = {url: code for url, code in now.items() if code != answers[url]}
    # What is nothing but the object itself says that it cannot be had, in a sentence.
    assert set(others.values()) <= {NOT_FOUND if state == "objects_gone" else UNAVAILABLE}
    assert all("html" not in client.get(url)["Content-Type"] for url in others)


@pytest.mark.parametrize("state", STATES)
def test_what_cannot_be_stored_is_not_kept(request, client, member, state):
    before = list(UserPhoto.all_objects.values_list("pk", flat=True))
    request.getfixturevalue(state)
    photo = SimpleUploadedFile("face.jpg", picture())
    answer = client.post(reverse("users:photo_add", args=[member.pk]), {"photos": [photo]}, follow=True)
    assert "face.jpg" in answer.text
    assert list(UserPhoto.all_objects.values_list("pk", flat=True)) == before
