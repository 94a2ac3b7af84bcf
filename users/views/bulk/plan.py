"""A verb on many members: POST plans it, the plan's page says what it would do, and POST there starts the job."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from users.bulk.jobs import start
from users.bulk.planning import BULK_VERBS, MOST_MEMBERS, Forecast, Group, TooManyMembersError, foresee, plan_for
from users.filters import MemberFilter
from users.forms.bulk import BulkForm
from users.models import Action, BulkPlan, User, UserAccessAudit
from users.verbs import Verb
from ygs_admin.db.ids import is_id
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash_refusal
from ygs_admin.web.returning import returning_to

HTTP_UNPROCESSABLE = 422
SHOWN = 50
SHOWN_OF_REFUSED = 5


def bulk_view(verb: Verb) -> Any:
    """Return the view that plans one verb."""
    return require_POST(needs("users.view_user")(needs(verb.permission)(partial(_plan, verb=verb))))


def offered_in_bulk(request: StaffRequest, form: MemberFilter) -> list[dict[str, Any]]:
    """Return the verbs that the list offers for those who are chosen in it."""
    in_trash, query = bool(form.cleaned_data.get("trash")), request.GET.urlencode()
    return [
        {"label": verb.label, "tone": verb.tone, "url": f"{reverse(f'users:bulk_{verb.key}')}?{query}"}
        for verb in BULK_VERBS.values()
        if request.user.has_perm(verb.permission) and verb.on_deleted is in_trash
    ]


def _plan(request: StaffRequest, *, verb: Verb) -> HttpResponse:
    form = MemberFilter(request.GET, asker=request.user)
    back_url = f"{reverse('users:list')}?{request.GET.urlencode()}".removesuffix("?")
    if "everybody" in request.POST and form.errors:
        flash_refusal(request, _("Some filters are malformed and were left out. Mend them, then select everybody."))
        return redirect(back_url)
    try:
        plan = plan_for(verb, _chosen(request, form), by=request.user)
    except TooManyMembersError:
        message = _("More than %(most)s members fit. Narrow the list and go on in parts.")
        flash_refusal(request, message % {"most": number_format(MOST_MEMBERS, force_grouping=True)})
        return redirect(back_url)
    if plan is None:
        flash_refusal(request, _("Nobody is selected."))
        return redirect(back_url)
    # The list is led back to by the address: what was searched for there may be a contact, which no table keeps.
    return redirect(f"{reverse('users:bulk_plan', args=[plan.pk])}?{urlencode({'next': back_url})}")


def _chosen(request: StaffRequest, form: MemberFilter) -> list[str]:
    if "everybody" in request.POST:
        return form.keys(MOST_MEMBERS + 1)
    return [key for key in request.POST.getlist("member") if is_id("usr", key)]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_user")
@on_primary
def bulk_plan(request: StaffRequest, plan_id: str) -> HttpResponse:
    plan, verb = _load(request, plan_id)
    if plan.job_id:
        return redirect("jobs:job", plan.job_id)
    groups = foresee(plan, verb)
    posted = request.POST if request.method == "POST" else None
    form = BulkForm(posted, verb=verb, changed=_count(groups, Forecast.CHANGED))
    if form.is_valid():
        return redirect("jobs:job", start(plan, verb, by=request.user, reason=form.reason_given).pk)
    return _show(request, plan, verb, groups, form)


def _load(request: StaffRequest, plan_id: str) -> tuple[BulkPlan, Verb]:
    """Return the person's own plan and its verb.

    Raises:
        Http404: there is none, or it is somebody else's.
        PermissionDenied: the verb is not theirs any more.
    """
    plan = BulkPlan.objects.filter(pk=plan_id, staff=request.user).first()
    if plan is None:
        raise Http404
    verb = BULK_VERBS[plan.verb]
    if not request.user.has_perm(verb.permission):
        raise PermissionDenied(verb.permission)
    return plan, verb


def _show(request: StaffRequest, plan: BulkPlan, verb: Verb, groups: list[Group], form: BulkForm) -> HttpResponse:
    changed = [group for group in groups if group.forecast is Forecast.CHANGED]
    refused = [group for group in groups if group.forecast is Forecast.REFUSED]
    to_change = [user_id for group in changed for user_id in group.user_ids][:SHOWN]
    to_refuse = [user_id for group in refused for user_id in group.user_ids[:SHOWN_OF_REFUSED]]
    users = User.all_objects.in_bulk([*to_change, *to_refuse])
    context = {
        "verb": verb,
        "action_url": request.get_full_path(),
        "back_url": returning_to(request, request.GET.get("next", ""), otherwise=reverse("users:list")),
        "form": form,
        "counts": {str(forecast): _count(groups, forecast) for forecast in Forecast},
        "changed": changed,
        "refused": [{"group": group, "users": _found(users, group.user_ids[:SHOWN_OF_REFUSED])} for group in refused],
        "rows": _found(users, to_change),
    }
    UserAccessAudit.record_page(Action.SEARCH, list(users), by=request.user, asked={"bulk": verb.key, "plan": plan.pk})
    return render(request, "users/bulk/plan.html", context, status=HTTP_UNPROCESSABLE if form.errors else 200)


def _found(users: dict[str, User], user_ids: list[str]) -> list[User]:
    return [users[user_id] for user_id in user_ids if user_id in users]


def _count(groups: list[Group], forecast: Forecast) -> int:
    return sum(len(group.user_ids) for group in groups if group.forecast is forecast)
