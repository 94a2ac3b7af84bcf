"""`/matching/` leads to what the role may see."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


@pytest.mark.parametrize(("person", "place"), [("matchmaker", "weeks"), ("manager", "weeks"), ("consultant", "weeks")])
def test_it_leads_to_the_first_place(signed_in, request, person, place):
    answered = signed_in(request.getfixturevalue(person)).get("/matching/")
    assert (answered.status_code, answered.url) == (302, reverse(f"matching:{place}"))


def test_without_rounds_it_leads_to_what_comes_next(signed_in, outsider):
    outsider.user_permissions.add(Permission.objects.get(codename="view_consultschedule"))
    assert signed_in(outsider).get("/matching/").url == reverse("matching:consults")


def test_whoever_may_see_nothing_of_it_is_refused(signed_in, outsider):
    assert signed_in(outsider).get("/matching/").status_code == 403


def test_it_is_only_read(desk):
    assert desk.post("/matching/").status_code == 405
