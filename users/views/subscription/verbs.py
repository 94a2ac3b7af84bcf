"""One small URL a verb on a subscription: GET says what it will do, POST does it."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from users.forms.subscription import VerbForm
from users.models import User, UserSubscription
from users.models.status import VerbRefusedError
from users.subscriptions.verbs import NONE, SUBSCRIPTION_VERBS, SubscriptionVerb
from users.views.loading import load_live_member, posted
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.db.soft_delete import DeletedRowExistsError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .asking import HTTP_CONFLICT, ask, ask_anew
from .loading import back_to, deleted_subscription, load_subscription, subscription_url

HTTP_UNPROCESSABLE = 422


def subscription_verb_view(verb: SubscriptionVerb) -> Any:
    """Return the view of one verb."""
    view = needs(verb.permission)(on_primary(partial(_verb, verb=verb)))
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def _verb(request: StaffRequest, user_id: str, *, verb: SubscriptionVerb) -> HttpResponse:
    user = load_live_member(request, user_id)
    subscription = load_subscription(user)
    if subscription is None and NONE not in verb.statuses:
        raise Http404
    if subscription is None and (deleted := deleted_subscription(user)):
        return _offer_to_restore(request, user, deleted)
    if request.method != "POST":
        return _ask_if_offered(request, user, verb, subscription)
    form = verb.form(posted(request), subscription=subscription)
    if not form.is_valid():
        return ask(request, user, verb, form, status=HTTP_UNPROCESSABLE)
    if form.is_outdated:
        return ask_anew(request, user, verb, form)
    return _act(request, user, verb, form) if form.is_agreed else ask(request, user, verb, form, is_preview=True)


def _ask_if_offered(
    request: StaffRequest, user: User, verb: SubscriptionVerb, subscription: UserSubscription | None
) -> HttpResponse:
    try:
        if subscription is not None:
            subscription.refuse_unless_in(verb.statuses)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return back_to(user)
    return ask(request, user, verb, verb.form(subscription=subscription))


def _act(request: StaffRequest, user: User, verb: SubscriptionVerb, form: VerbForm) -> HttpResponse:
    try:
        changed = verb.apply(form.subscription or UserSubscription(user=user), request.user, form.cleaned_data)
    except RowConflictError:
        return ask_anew(request, user, verb, form)
    except DeletedRowExistsError:
        return redirect(request.path)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, str(verb.done), undo_url=_undo_url(request, user, verb) if changed else "")
    return back_to(user)


def _undo_url(request: StaffRequest, user: User, verb: SubscriptionVerb) -> str:
    """Return where the inverse is pressed, with the version that the row has now."""
    inverse, subscription = SUBSCRIPTION_VERBS.get(verb.inverse), load_subscription(user)
    if inverse is None or subscription is None or not request.user.has_perm(inverse.permission):
        return ""
    return f"{reverse(inverse.url_name, args=[user.pk])}?row_version={subscription.row_version}"


def _offer_to_restore(request: StaffRequest, user: User, deleted: UserSubscription) -> HttpResponse:
    context = {"user_record": user, "deleted": deleted, "cancel_url": subscription_url(user)}
    status = HTTP_CONFLICT if request.method == "POST" else 200
    return render(request, "users/subscription/restore.html", context, status=status)


@require_POST
@needs("users.add_usersubscription")
@on_primary
def restore(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    deleted = deleted_subscription(user)
    if deleted is not None:
        deleted.undelete(by=request.user)
    elif load_subscription(user) is None:
        raise Http404
    flash(request, _("The subscription is back."))
    return back_to(user)
