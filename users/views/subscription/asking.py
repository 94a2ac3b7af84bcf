"""The page that asks before a verb on a subscription, and asks anew where something has changed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from users.forms.subscription import VerbForm
from users.models import User
from users.subscriptions.verbs import SubscriptionVerb
from ygs_admin.web.access import StaffRequest

from .loading import load_subscription, subscription_url

HTTP_CONFLICT = 409


def ask(
    request: StaffRequest, user: User, verb: SubscriptionVerb, form: VerbForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Say what the verb will do; `more` is for the verb's own part of the page."""
    context = {
        "user_record": user,
        "verb": verb,
        "form": form,
        "action_url": request.path,
        "cancel_url": subscription_url(user),
        **more,
    }
    return render(request, "users/subscription/verb.html", context, status=status)


def ask_anew(request: StaffRequest, user: User, verb: SubscriptionVerb, form: VerbForm) -> HttpResponse:
    """Say what has changed since the page was made, with what was typed; the form carries the new version."""
    subscription = load_subscription(user)
    differences = verb.form(form.data, subscription=subscription).differences()
    fresh = verb.form(initial=_typed(form), subscription=subscription)
    return ask(request, user, verb, fresh, status=HTTP_CONFLICT, is_conflict=True, differences=differences)


def _typed(form: VerbForm) -> dict[str, Any]:
    return {field.name: field.value() for field in form.visible_fields() if field.name != "agreed"}
