"""The review's pages: the queue, a case, deciding, skipping, undoing, taking over."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from users.models import Action, ReviewClaim, ReviewDecision, ReviewSkip, UserAccessAudit
from users.tests.reviewing import handed_in
from ygs_admin.db.ids import new_id
from ygs_admin.testing.personas import make_staff
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

QUEUE = reverse("users:review")
NEXT = reverse("users:review_next")
SENTENCE = "사진이 흐려 확인하지 못했습니다."


def url(name, member):
    return reverse(f"users:review_{name}", args=[member.pk])


@pytest.fixture
def member(make_member):
    return make_member(
        name="김철수", status="pending", phone="01012345678", created_at=timezone.now() - timedelta(days=3)
    )


@pytest.fixture
def signed_in(client, reviewer):
    client.force_login(reviewer)
    return client


@pytest.fixture
def other(db):
    """Another reviewer, who has signed in too."""
    person = make_staff("other", role="reviewer")
    person.client = Client()
    person.client.force_login(person)
    return person


def shown(client, member):
    """Take the case and return what its page posts about the first item."""
    client.post(url("take", member))
    page = client.get(url("case", member))
    return {name: page.context["approve_form"].initial[name] for name in ("item", "row_version")}


def refuse(client, member, **said):
    sent = {**shown(client, member), "reason": "other", "note": SENTENCE, **said}
    return client.post(url("reject", member), sent)


class TestTheQueue:
    def test_says_what_waits_and_since_when(self, signed_in, member, make_member):
        handed_in(make_member())
        page = signed_in.get(QUEUE)
        assert [kind.count_label for kind in page.context["waiting"]] == ["1", "1"]
        assert page.context["oldest"] == member.created_at
        assert "3일" in page.text
        assert member.name not in page.text

    def test_says_who_has_what_in_hand_and_names_no_member(self, signed_in, member, other):
        ReviewClaim.objects.hold(member.pk, by=other)
        page = signed_in.get(QUEUE)
        assert [claim.staff for claim in page.context["held"]] == [other]
        assert url("case", member) in page.text
        assert member.name not in page.text

    def test_where_nothing_waits_it_says_so(self, signed_in):
        assert 'data-key="n"' not in signed_in.get(QUEUE).text
        assert signed_in.post(NEXT).url == QUEUE

    def test_the_next_case_is_claimed_and_shown(self, signed_in, reviewer, member):
        answer = signed_in.post(NEXT)
        assert answer.url == url("case", member)
        assert ReviewClaim.objects.get().staff == reviewer
        assert signed_in.get(answer.url).status_code == 200

    def test_what_was_skipped_is_brought_back(self, signed_in, reviewer, member):
        ReviewSkip.objects.put_aside(member.pk, by=reviewer)
        assert signed_in.get(QUEUE).context["put_aside"] == 1
        signed_in.post(reverse("users:review_bring_back"))
        assert signed_in.post(NEXT).url == url("case", member)

    def test_what_could_not_be_applied_is_told_until_it_is_acknowledged(self, signed_in, reviewer, member):
        ReviewDecision.objects.create(
            member=member,
            staff=reviewer,
            verb="approve",
            row_version=1,
            language="ko",
            final_at=timezone.now(),
            outcome="refused",
            message="회원의 상태가 달라졌습니다.",
        )
        page = signed_in.get(QUEUE)
        assert "회원의 상태가 달라졌습니다." in page.text
        assert member.name not in page.text
        signed_in.post(reverse("users:review_acknowledge"))
        assert "data-refused" not in signed_in.get(QUEUE).text


class TestACase:
    def test_shows_what_is_needed_and_is_on_record(self, signed_in, reviewer, member):
        signed_in.post(NEXT)
        page = signed_in.get(url("case", member))
        for stated in ("김철수", "1990", "010-****-5678", "서울 마포구"):
            assert stated in page.text
        assert "01012345678" not in page.text
        row = UserAccessAudit.objects.get(action=Action.VIEW)
        assert (row.user_id, row.actor_id, row.reason) == (member.pk, reviewer.pk, "심사")
        assert "no-store" in page["Cache-Control"]

    def test_earlier_decisions_are_shown(self, signed_in, member):
        member.reject(by=None, reason="사진 없음")
        member.reconsider(by=None)
        signed_in.post(NEXT)
        assert "사진 없음" in signed_in.get(url("case", member)).text

    def test_held_by_another_it_tells_by_whom_and_nothing_of_the_member(self, signed_in, member, other):
        ReviewClaim.objects.hold(member.pk, by=other)
        page = signed_in.get(url("case", member))
        assert other.name in page.text
        assert member.name not in page.text
        assert not UserAccessAudit.objects.filter(action=Action.VIEW).exists()

    def test_in_nobodys_hands_it_is_taken_first(self, signed_in, reviewer, member):
        page = signed_in.get(url("case", member))
        assert member.name not in page.text
        assert signed_in.post(url("take", member)).url == url("case", member)
        assert ReviewClaim.objects.of(reviewer).get().member_id == member.pk

    def test_with_nothing_to_decide_it_is_not_shown(self, signed_in, make_member):
        member = make_member(name="이영희")
        assert member.name not in signed_in.get(url("case", member)).text
        assert signed_in.post(url("take", member)).status_code == 409
        assert not ReviewClaim.objects.exists()

    def test_a_chosen_reason_brings_its_sentence_without_a_script(self, signed_in, member):
        signed_in.post(NEXT)
        page = signed_in.get(url("case", member), {"reason": "unsuitable_photos"})
        form = page.context["reject_form"]
        assert form.initial["reason"] == "unsuitable_photos"
        assert form.initial["note"] in page.text
        assert page.context["is_rejecting"]

    def test_of_profile_and_lifestyle_only_what_the_person_may_see(self, client, member):
        person = make_staff("only")
        person.user_permissions.set(Permission.objects.filter(codename="approve_user"))
        client.force_login(person)
        client.post(NEXT)
        page = client.get(url("case", member))
        assert "김*수" in page.text
        for hidden in ("김철수", "서울 마포구"):
            assert hidden not in page.text


class TestDeciding:
    def test_an_approval_waits_to_be_final_and_leads_on(self, signed_in, reviewer, member, make_member):
        following = make_member(status="pending")
        answer = signed_in.post(url("approve", member), shown(signed_in, member))
        assert answer.url == url("case", following)
        decision = ReviewDecision.objects.get()
        assert (decision.member_id, decision.staff, decision.verb) == (member.pk, reviewer, "approve")
        assert reverse("users:review_undo", args=[decision.pk]) in signed_in.get(answer.url).text

    def test_the_last_one_leads_back_to_the_queue(self, signed_in, member):
        assert signed_in.post(url("approve", member), shown(signed_in, member)).url == QUEUE

    def test_a_rejection_keeps_reason_and_sentence(self, signed_in, member):
        assert refuse(signed_in, member, reason="duplicate").status_code == 302
        decision = ReviewDecision.objects.get()
        assert (decision.verb, decision.reject_reason, decision.note) == ("reject", "duplicate", SENTENCE)

    @pytest.mark.parametrize("said", [{"reason": ""}, {"reason": "unreadable"}, {"note": " "}, {"note": "가" * 501}])
    def test_without_a_reason_or_a_sentence_nothing_is_noted(self, signed_in, member, said):
        answer = refuse(signed_in, member, **said)
        assert answer.status_code == 422
        assert answer.context["is_rejecting"]
        assert not ReviewDecision.objects.exists()

    def test_a_document_is_decided_before_the_sign_up(self, signed_in, member):
        document = handed_in(member)
        sent = shown(signed_in, member)
        assert sent["item"] == document.pk
        until = timezone.localdate() + timedelta(days=20)
        assert signed_in.post(url("approve", member), {**sent, "expires_on": until}).url == url("case", member)
        assert ReviewDecision.objects.get().expires_on == until
        assert shown(signed_in, member)["item"] == member.pk

    def test_a_day_that_is_none_is_said(self, signed_in, member):
        handed_in(member)
        sent = shown(signed_in, member)
        assert signed_in.post(url("approve", member), {**sent, "expires_on": "2026-02-31"}).status_code == 422

    def test_two_tabs_decide_once(self, signed_in, member, make_member):
        sent = shown(signed_in, member)
        signed_in.post(url("approve", member), sent)
        answer = signed_in.post(url("reject", member), {**sent, "reason": "other", "note": SENTENCE})
        assert answer.status_code == 409
        assert ReviewDecision.objects.get().verb == "approve"

    @pytest.mark.parametrize("spoilt", [{"row_version": "1"}, {"item": "doc_x"}, {"item": ""}, {"item": "\x00"}])
    def test_what_was_not_shown_is_not_decided(self, signed_in, member, spoilt):
        answer = signed_in.post(url("approve", member), {**shown(signed_in, member), **spoilt})
        assert answer.status_code == 409
        assert not ReviewDecision.objects.exists()

    def test_what_is_due_is_made_final_on_the_way(self, signed_in, member):
        signed_in.post(url("approve", member), shown(signed_in, member))
        ReviewDecision.objects.update(final_at=timezone.now() - timedelta(seconds=1))
        signed_in.post(NEXT)
        member.refresh_from_db()
        assert member.status == "approved"


class TestUndoing:
    def test_the_case_is_back_in_hand(self, signed_in, reviewer, member, make_member):
        make_member(status="pending")
        signed_in.post(url("approve", member), shown(signed_in, member))
        answer = signed_in.post(reverse("users:review_undo", args=[ReviewDecision.objects.get().pk]))
        assert answer.url == url("case", member)
        assert signed_in.get(answer.url).context["item"].key == member.pk

    def test_what_is_final_stays_and_that_is_said(self, signed_in, member):
        signed_in.post(url("approve", member), shown(signed_in, member))
        ReviewDecision.objects.update(final_at=timezone.now() - timedelta(seconds=1))
        signed_in.post(NEXT)
        signed_in.post(reverse("users:review_undo", args=[ReviewDecision.objects.get().pk]))
        assert "flash-error" in signed_in.get(QUEUE).text
        member.refresh_from_db()
        assert member.status == "approved"

    def test_somebody_else_may_have_the_case_by_then(self, signed_in, member, other):
        handed_in(member)
        signed_in.post(url("approve", member), shown(signed_in, member))
        signed_in.post(url("skip", member))
        other.client.post(url("take", member))
        signed_in.post(reverse("users:review_undo", args=[ReviewDecision.objects.get().pk]))
        assert ReviewDecision.objects.get().outcome == "undone"
        assert ReviewClaim.objects.get().staff == other
        assert other.name in signed_in.get(QUEUE).text

    def test_another_persons_decision_is_not_found(self, signed_in, member, other):
        other.client.post(url("approve", member), shown(other.client, member))
        assert signed_in.post(reverse("users:review_undo", args=[ReviewDecision.objects.get().pk])).status_code == 404
        assert signed_in.post(reverse("users:review_undo", args=[new_id("dec")])).status_code == 404


class TestClaims:
    def test_skipping_leads_on_and_leaves_the_case_to_the_others(self, signed_in, member, make_member, other):
        following = make_member(status="pending")
        signed_in.post(NEXT)
        assert signed_in.post(url("skip", member)).url == url("case", following)
        assert other.client.post(NEXT).url == url("case", member)

    def test_taking_over_is_told_to_the_former_holder(self, signed_in, reviewer, member, other):
        sent = shown(signed_in, member)
        assert other.client.post(url("take", member)).status_code == 302
        answer = signed_in.post(url("approve", member), sent)
        assert answer.status_code == 409
        assert other.name in answer.text
        assert member.name not in answer.text
        assert not ReviewDecision.objects.exists()
        detail = UserAccessAudit.objects.get(action=Action.UPDATE).detail
        assert detail == {"staff": [reviewer.pk, other.pk]}
        assert signed_in.post(url("skip", member)).status_code == 409

    def test_a_lapsed_lease_that_nobody_took_is_no_loss(self, signed_in, member):
        sent = shown(signed_in, member)
        ReviewClaim.objects.all().delete()
        assert signed_in.post(url("approve", member), sent).status_code == 302
        assert ReviewDecision.objects.exists()

    def test_an_open_page_renews_its_lease(self, signed_in, member, settings):
        signed_in.post(NEXT)
        before = ReviewClaim.objects.get().lease_until
        settings.REVIEW_LEASE_SECONDS = 3000
        assert signed_in.post(reverse("users:review_keep"), {"case": member.pk}).status_code == 204
        assert ReviewClaim.objects.get().lease_until > before + timedelta(seconds=1000)

    def test_an_open_page_is_told_of_a_takeover(self, signed_in, member, other):
        signed_in.post(NEXT)
        other.client.post(url("take", member))
        answer = signed_in.post(reverse("users:review_keep"), {"case": member.pk})
        assert answer.status_code == 409
        assert other.name in answer.text
        assert ReviewClaim.objects.get().staff == other

    @pytest.mark.parametrize("case", ["", "x", "\x00", "usr_01M862E5M53YAK3Q3EK4NQ81MK"])
    def test_renewing_takes_anything_and_claims_nothing(self, signed_in, case):
        assert signed_in.post(reverse("users:review_keep"), {"case": case}).status_code == 204
        assert not ReviewClaim.objects.exists()

    def test_the_case_that_follows_is_claimed_ahead(self, signed_in, reviewer, member, make_member, other):
        following = make_member(status="pending")
        signed_in.post(NEXT)
        answer = signed_in.post(reverse("users:review_ahead"), {"case": member.pk})
        assert following.pk in answer.text
        assert following.name not in answer.text
        assert [claim.member_id for claim in ReviewClaim.objects.of(reviewer)] == [member.pk, following.pk]
        assert other.client.post(NEXT).url == QUEUE
        again = signed_in.post(reverse("users:review_ahead"), {"case": member.pk})
        assert following.pk in again.text
        assert signed_in.post(url("approve", member), shown(signed_in, member)).url == url("case", following)


@pytest.mark.parametrize("person", ["matchmaker", "consultant", "auditor", "outsider"])
@pytest.mark.parametrize("name", ["next", "ahead", "keep", "bring_back", "acknowledge"])
def test_who_decides_nothing_is_refused(client, request, member, person, name):
    client.force_login(request.getfixturevalue(person))
    assert client.get(QUEUE).status_code == 403
    assert client.post(reverse(f"users:review_{name}")).status_code == 403
    assert client.post(url("take", member)).status_code == 403
    assert not ReviewClaim.objects.exists()


@pytest.mark.parametrize("name", ["take", "skip", "approve", "reject"])
def test_verbs_are_posted_and_want_a_member(signed_in, member, name):
    assert signed_in.get(url(name, member)).status_code == 405
    assert signed_in.post(reverse(f"users:review_{name}", args=[new_id("usr")])).status_code == 404
    assert signed_in.post(f"/users/review/usr_x/{name}/").status_code == 404
    assert not ReviewClaim.objects.exists()


def test_pages_are_only_read(signed_in, member):
    assert signed_in.post(QUEUE).status_code == 405
    assert signed_in.post(url("case", member)).status_code == 405
    assert signed_in.get(NEXT).status_code == 405
    assert signed_in.get(reverse("users:review_case", args=[new_id("usr")])).status_code == 404


def test_a_deleted_members_case_is_not_found(signed_in, member):
    member.soft_delete(by=None)
    assert signed_in.get(url("case", member)).status_code == 404
    assert signed_in.post(url("take", member)).status_code == 404


def test_a_case_costs_a_fixed_number_of_queries(signed_in, member, make_member):
    """However many documents the case has, and whatever else waits."""
    for kind in ("identity", "income", "employment"):
        handed_in(member, kind)
    for _ in range(3):
        handed_in(make_member(status="pending"))
    signed_in.post(url("take", member))
    with domain_queries() as queries:
        assert signed_in.get(url("case", member)).status_code == 200
    assert len(queries) == 10, queries


def test_the_queue_costs_a_fixed_number_of_queries(signed_in, make_member, other):
    for _ in range(5):
        member = make_member(status="pending")
        handed_in(member)
        ReviewClaim.objects.hold(member.pk, by=other)
    with domain_queries() as queries:
        assert signed_in.get(QUEUE).status_code == 200
    assert len(queries) == 5, queries


def test_a_decision_costs_a_fixed_number_of_queries(signed_in, member, make_member):
    for _ in range(5):
        handed_in(make_member(status="pending"))
    sent = shown(signed_in, member)
    with domain_queries() as queries:
        assert signed_in.post(url("approve", member), sent).status_code == 302
    assert len(queries) == 7, queries
