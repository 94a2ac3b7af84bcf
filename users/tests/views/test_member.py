"""A member's page."""

from urllib.request import urlopen

import pytest
from django.urls import reverse

from users.models import Action, User, UserAccessAudit, UserPhoto
from users.tests.reviewing import handed_in
from ygs_admin.db.ids import new_id
from ygs_admin.storage import StorageError
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def page_of(member):
    return reverse("users:detail", args=[member.pk])


def test_shows_the_sections_that_the_person_may_see(client, manager, reviewer, make_member):
    member = make_member(name="김철수", district="서울 강남구")
    client.force_login(manager)
    keys = [section["key"] for section in client.get(page_of(member)).context["sections"]]
    assert keys == [
        "profile",
        "lifestyle",
        "preference",
        "photos",
        "documents",
        "subscription",
        "introductions",
        "consultations",
        "access",
    ]
    client.force_login(reviewer)
    response = client.get(page_of(member))
    assert "서울 강남구" in response.text
    assert "introductions" not in [section["key"] for section in response.context["sections"]]


def test_documents_come_with_what_they_prove(client, reviewer, consultant, make_member):
    member = make_member(job="간호사")
    handed_in(member, "identity", status="approved", expires_on="2099-12-31")
    handed_in(member, "employment", status="rejected", reject_reason="unreadable", reject_note="흐립니다.")
    client.force_login(reviewer)
    page = client.get(reverse("users:detail", args=[member.pk]))
    documents = next(section for section in page.context["sections"] if section["key"] == "documents")
    assert [str(item.state) for item in documents["context"]["checklist"].items] == ["approved", "missing", "rejected"]
    assert "미완료" in page.text
    assert "2099-12-31</time>까지" in page.text
    assert "흐립니다." in page.text
    client.force_login(consultant)
    assert "미완료" not in client.get(reverse("users:detail", args=[member.pk])).text


def test_contact_details_are_masked(client, manager, make_member):
    member = make_member(phone="01012345678", email="chulsoo@naver.com", kakao_id="chul_77")
    client.force_login(manager)
    text = client.get(page_of(member)).text
    assert "010-****-5678" in text
    for secret in ("01012345678", "010-1234-5678", "chulsoo@naver.com", "chul_77"):
        assert secret not in text


def test_photos_are_shown_by_urls_that_the_store_accepts(client, manager, make_member, object_store):
    member = make_member()
    object_store.put("users/portrait.jpg", b"a portrait", "image/jpeg")
    UserPhoto.objects.create(user=member, s3_key="users/portrait.jpg")
    client.force_login(manager)
    sections = client.get(page_of(member)).context["sections"]
    (photo,) = next(section for section in sections if section["key"] == "photos")["context"]["photos"]
    with urlopen(photo.thumbnail_url()) as answer:  # noqa: S310 - our own server
        assert answer.read() == b"a portrait"


def test_a_photo_that_cannot_be_signed_leaves_the_page_standing(client, manager, make_member, monkeypatch):
    def refuse(key):
        raise StorageError(key)

    monkeypatch.setattr("users.sections.presign", refuse)
    member = make_member()
    UserPhoto.objects.create(user=member, s3_key="users/portrait.jpg")
    client.force_login(manager)
    response = client.get(page_of(member))
    assert response.status_code == 200
    assert "users/portrait.jpg" not in response.text


def test_religion_is_hidden_without_consent(client, manager, make_member):
    member = make_member(lifestyle={"religion": "catholic"})
    client.force_login(manager)
    assert "가톨릭" not in client.get(page_of(member)).text


def test_the_view_is_recorded(client, reviewer, make_member):
    member = make_member()
    client.force_login(reviewer)
    client.get(page_of(member), headers={"User-Agent": "Test"})
    row = UserAccessAudit.objects.get(action=Action.VIEW)
    assert (row.user_id, row.actor_id, row.actor_name) == (member.pk, reviewer.pk, reviewer.name)
    assert (row.ip_address, row.user_agent) == ("127.0.0.1", "Test")
    assert row.request_id


def test_costs_at_most_twelve_domain_queries(client, manager, make_member):
    member = make_member()
    client.force_login(manager)
    with domain_queries() as queries:
        client.get(page_of(member))
    assert 0 < len(queries) <= 12


def test_a_member_without_anything_else_is_shown(client, manager, make_member):
    member = User.objects.create(name="홀로", phone="01000000001", gender="male", birth_year=1990)
    client.force_login(manager)
    assert client.get(page_of(member)).status_code == 200


def test_unknown_values_are_shown_as_they_stand(client, manager, make_member):
    member = make_member(status="dormant", gender="x", education="phd")
    client.force_login(manager)
    text = client.get(page_of(member)).text
    assert "dormant" in text
    assert "phd" in text


def test_a_deleted_member_is_known_only_to_those_who_restore(client, reviewer, manager, make_member):
    member = make_member()
    member.soft_delete(by=None)
    client.force_login(reviewer)
    assert client.get(page_of(member)).status_code == 404
    client.force_login(manager)
    assert reverse("users:restore", args=[member.pk]) in client.get(page_of(member)).text


def test_a_missing_member_is_not_found(client, manager):
    client.force_login(manager)
    assert client.get(reverse("users:detail", args=[new_id("usr")])).status_code == 404


@pytest.mark.parametrize(
    "malformed",
    [
        "usr_01hq5k3nxyzabcdefghjkmnpqr",
        "usr_91HQ5K3NXYZABCDEFGHJKMNPQR",
        "usr_01HQ5K3NXYZABCDEFGHJKMNPQI",
        "pho_01HQ5K3NXYZABCDEFGHJKMNPQR",
        "usr_01HQ5K3NXYZABCDEFGHJKMNPQ",
        "usr_01HQ5K3NXYZABCDEFGHJKMNPQR%0A",
        "usr_%00",
    ],
)
def test_a_malformed_id_is_not_found(client, manager, malformed):
    client.force_login(manager)
    assert client.get(f"/users/{malformed}/").status_code == 404


def test_nobody_without_permission(client, outsider, make_member):
    member = make_member()
    assert client.get(page_of(member)).status_code == 302
    client.force_login(outsider)
    assert client.get(page_of(member)).status_code == 403
    assert not UserAccessAudit.objects.filter(action=Action.VIEW).exists()


def test_only_reading(client, manager, make_member):
    client.force_login(manager)
    assert client.post(page_of(make_member())).status_code == 405
