"""Editing a section: what is saved, recorded, refused."""

import pytest
from django.urls import reverse

from users.models import Action, User, UserAccessAudit, UserProfile

pytestmark = pytest.mark.django_db


def edit_url(member, section="member"):
    return reverse(f"users:edit_{section}", args=[member.pk])


def posted_form(client, url, **changed):
    """Return what a browser would post from the form's page after changing these fields."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    fields = {name: value for name, value in values.items() if value not in (None, False)}
    return {**fields, **changed}


def updates():
    return list(UserAccessAudit.objects.filter(action=Action.UPDATE))


def test_saves_and_records_what_changed_masked(client, manager, make_member):
    member = make_member(name="김철수", phone="01012345678")
    client.force_login(manager)
    response = client.post(edit_url(member), posted_form(client, edit_url(member), phone="+82 10 8765 4321"))
    assert response.status_code == 302
    member.refresh_from_db()
    assert member.phone == "01087654321"
    assert member.updated_at is not None
    (row,) = updates()
    assert (row.user_id, row.resource_type, row.resource_id) == (member.pk, "users", member.pk)
    assert row.detail == {"phone": ["010-****-5678", "010-****-4321"]}


def test_saving_without_a_change_writes_nothing(client, manager, make_member):
    member = make_member()
    client.force_login(manager)
    client.post(edit_url(member), posted_form(client, edit_url(member)))
    member.refresh_from_db()
    assert member.updated_at is None
    assert updates() == []


@pytest.mark.parametrize(
    ("section", "field", "bad"),
    [
        ("member", "phone", "12345"),
        ("member", "name", "가" * 51),
        ("member", "name", ""),
        ("member", "birth_year", "1800"),
        ("member", "email", "kim@"),
        ("member", "gender", "other"),
        ("profile", "height", "17"),
        ("profile", "height", "키"),
        ("profile", "education", "kindergarten"),
        ("preference", "birth_year_max", "1900"),
        ("preference", "religions", ["jedi"]),
        ("lifestyle", "smoking", "pipe"),
    ],
)
def test_a_bad_value_is_refused_by_name_and_nothing_is_written(client, manager, make_member, section, field, bad):
    member = make_member(preference={"birth_year_min": 1985})
    client.force_login(manager)
    url = edit_url(member, section)
    response = client.post(url, posted_form(client, url, **{field: bad}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert updates() == []


def test_a_phone_that_a_deleted_member_holds_names_that_member(client, manager, make_member):
    deleted = make_member(phone="01011112222")
    deleted.soft_delete(by=None)
    member = make_member()
    client.force_login(manager)
    response = client.post(edit_url(member), posted_form(client, edit_url(member), phone="01011112222"))
    assert response.status_code == 422
    assert deleted.pk in str(response.context["form"].errors["phone"])
    assert reverse("users:detail", args=[deleted.pk]) in response.text


def test_a_phone_that_a_live_member_holds_is_refused(client, manager, make_member):
    make_member(phone="01011112222")
    member = make_member()
    client.force_login(manager)
    response = client.post(edit_url(member), posted_form(client, edit_url(member), phone="010-1111-2222"))
    assert "phone" in response.context["form"].errors


def test_an_unknown_value_survives_an_edit_of_another_field(client, manager, make_member):
    member = make_member(education="phd", job="교사")
    client.force_login(manager)
    url = edit_url(member, "profile")
    assert client.post(url, posted_form(client, url, job="의사")).status_code == 302
    profile = UserProfile.objects.get(user=member)
    assert (profile.job, profile.education) == ("의사", "phd")


def test_a_section_that_the_member_has_not_yet_is_made(client, manager):
    member = User.objects.create(name="홀로", phone="01000000001", gender="male", birth_year=1990)
    client.force_login(manager)
    url = edit_url(member, "profile")
    assert client.post(url, posted_form(client, url, height="172")).status_code == 302
    profile = UserProfile.objects.get(user=member)
    assert (profile.pk, profile.height) == (member.pk, 172)


class TestReligion:
    def test_is_stated_only_after_consent_and_erased_with_it(self, client, manager, make_member):
        member = make_member(lifestyle={"religion": None})
        client.force_login(manager)
        url = edit_url(member, "lifestyle")
        assert "religion" not in client.get(url).context["form"].fields
        client.post(url, posted_form(client, url, religion_consent="on"))
        client.post(url, posted_form(client, url, religion="catholic"))
        member.lifestyle.refresh_from_db()
        assert (member.lifestyle.religion, member.lifestyle.shows_religion) == ("catholic", True)
        posted = posted_form(client, url)
        del posted["religion_consent"]
        client.post(url, posted)
        member.lifestyle.refresh_from_db()
        assert (member.lifestyle.religion, member.lifestyle.shows_religion) == (None, False)


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
class TestConflict:
    """In transactions that end: `xmin` is the same for all that one transaction writes."""

    @pytest.fixture
    def conflict(self, client, manager, make_member):
        """Two people have the form open; the other one saves name and e-mail first, I typed a name and a year."""
        member = make_member(name="김철수", birth_year=1990, email="a@naver.com")
        client.force_login(manager)
        mine = posted_form(client, edit_url(member), name="내 이름", birth_year="1991")
        User.objects.filter(pk=member.pk).update(name="남의 이름", email="b@naver.com")
        return member, client.post(edit_url(member), mine)

    def test_is_shown_side_by_side_and_not_saved(self, conflict):
        member, response = conflict
        assert response.status_code == 409
        rows = {row.name: (row.original, row.theirs, row.mine) for row in response.context["rows"]}
        assert rows["name"] == ("김철수", "남의 이름", "내 이름")
        assert rows["birth_year"] == ("1990", "1990", "1991")
        assert rows["email"] == ("a***@naver.com", "b***@naver.com", "b***@naver.com")
        member.refresh_from_db()
        assert (member.name, member.birth_year) == ("남의 이름", 1990)

    def test_is_settled_field_by_field(self, client, conflict):
        member, response = conflict
        form = response.context["form"]
        values = {name: form[name].value() or "" for name in form.model_fields()}
        version = {"row_version": form.current_version}
        choices = {"keep_name": "mine", "keep_birth_year": "mine", "keep_email": "theirs"}
        assert client.post(edit_url(member), {**values, **version, **choices}).status_code == 302
        member.refresh_from_db()
        assert (member.name, member.birth_year, member.email) == ("내 이름", 1991, "b@naver.com")

    def test_the_page_carries_their_version(self, conflict):
        _member, response = conflict
        form = response.context["form"]
        assert f'value="{form.current_version}"' in response.text

    def test_a_third_change_meanwhile_is_a_conflict_again(self, client, conflict):
        member, response = conflict
        form = response.context["form"]
        values = {name: form[name].value() or "" for name in form.model_fields()}
        User.objects.filter(pk=member.pk).update(birth_year=1980)
        again = client.post(edit_url(member), {**values, "row_version": form.current_version})
        assert again.status_code == 409

    def test_a_forged_version_is_a_conflict(self, client, manager, make_member):
        member = make_member()
        client.force_login(manager)
        posted = posted_form(client, edit_url(member), name="x") | {"row_version": "٣"}
        assert client.post(edit_url(member), posted).status_code == 409


def test_the_wrong_role_may_not_edit(client, auditor, outsider, make_member):
    member = make_member()
    for person in (auditor, outsider):
        client.force_login(person)
        assert client.get(edit_url(member)).status_code == 403


def test_a_deleted_member_is_not_edited(client, manager, make_member):
    member = make_member()
    member.soft_delete(by=None)
    client.force_login(manager)
    assert client.get(edit_url(member)).status_code == 404
