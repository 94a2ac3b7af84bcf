"""Whom a verb on many is pressed on: a selection of the list, or everybody who fits."""

import re

import pytest
from django.urls import reverse

from users.bulk import planning
from users.bulk.planning import BULK_VERBS
from users.models import BulkPlan, User
from users.tests.pressing_many import choose, confirm
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db

LIST = reverse("users:list")


def test_everybody_who_fits_is_chosen_as_of_the_dry_run(client, manager, make_member, run_jobs):
    women = [make_member(gender="female", status="pending") for _ in range(3)]
    man = make_member(gender="male", status="pending")
    client.force_login(manager)
    answer = choose(client, "approve", women[0], asked={"gender": "female", "sort": "name"}, everybody="on")
    late = make_member(gender="female", status="pending")
    job = confirm(client, answer)
    run_jobs()
    assert list(job.items.order_by("position").values_list("subject_id", flat=True)) == [each.pk for each in women]
    assert {User.objects.get(pk=each.pk).status for each in (man, late)} == {"pending"}


def test_a_malformed_filter_chooses_nobody(client, manager, make_member):
    make_member(status="pending")
    client.force_login(manager)
    answer = choose(client, "approve", asked={"birth_year_min": "어제"}, everybody="on")
    assert answer.url.startswith(LIST)
    assert not BulkPlan.objects.exists()


def test_there_is_a_most(client, manager, make_member, monkeypatch):
    monkeypatch.setattr(planning, "MOST_MEMBERS", 2)
    monkeypatch.setattr("users.views.bulk.plan.MOST_MEMBERS", 2)
    members = [make_member(status="pending") for _ in range(3)]
    client.force_login(manager)
    for chosen, posted in (((), {"everybody": "on"}), (members, {})):
        answer = choose(client, "approve", *chosen, **posted)
        assert answer.url == LIST
        assert "2명보다 많습니다" in client.get(answer.url).text
    assert not BulkPlan.objects.exists()
    assert choose(client, "approve", *members[:2]).url.startswith("/users/bulk/")


def test_forged_ids_choose_nobody(client, reviewer, make_member):
    deleted = make_member(status="pending")
    deleted.soft_delete(by=None)
    client.force_login(reviewer)
    url = reverse("users:bulk_approve")
    for ids in ([], ["x"], ["usr_\x00"], [new_id("usr")], [new_id("pho")], [deleted.pk]):
        answer = client.post(url, {"member": ids}, follow=True)
        assert "선택한 회원이 없습니다" in answer.text
    assert not BulkPlan.objects.exists()


def test_a_member_who_is_sent_twice_is_changed_once(client, manager, make_member, run_jobs):
    member = make_member(status="pending")
    client.force_login(manager)
    job = confirm(client, choose(client, "approve", member, member))
    run_jobs()
    assert job.items.count() == 1


def test_methods_and_other_verbs(client, manager):
    client.force_login(manager)
    assert client.get(reverse("users:bulk_approve")).status_code == 405
    assert client.post("/users/bulk/readmit/").status_code == 404


def test_the_list_offers_what_may_be_done(client, reviewer, manager, matchmaker, make_member):
    make_member().soft_delete(by=None)
    make_member()

    def offered(person, asked):
        client.force_login(person)
        return re.findall(r"/users/bulk/(\w+)/", client.get(LIST, asked).text)

    assert offered(reviewer, {}) == ["approve", "reject"]
    assert set(offered(manager, {})) == set(BULK_VERBS) - {"restore"}
    assert offered(manager, {"trash": "on"}) == ["restore"]
    assert offered(matchmaker, {}) == []
