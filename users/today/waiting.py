"""The cards of what waits among the members: sign-ups, documents, subscriptions about to end, inspections."""

from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from users.filters import ENDING, WAITING
from users.inspection.standing import count_outstanding
from users.models import UserStatus, UserSubscription
from users.review.counters import Waiting, waiting_documents_now, waiting_sign_ups_now
from users.review.queue import DECIDES_DOCUMENTS, DECIDES_SIGN_UPS
from ygs_admin.staff.models import Staff

from .card import Card, Figure, counted


def _sign_ups(staff: Staff) -> Figure:
    asked = f"status={UserStatus.PENDING}&sort=created_at"
    return _waiting(waiting_sign_ups_now(), _leads_to(staff, DECIDES_SIGN_UPS, asked))


def _documents(staff: Staff) -> Figure:
    return _waiting(waiting_documents_now(), _leads_to(staff, DECIDES_DOCUMENTS, f"documents={WAITING}"))


def _ending(staff: Staff) -> Figure:
    return Figure(counted(UserSubscription.objects.ending()), url=_members(f"subscription={ENDING}"))


def _inspections(staff: Staff) -> Figure:
    return Figure(str(count_outstanding()), url=reverse("users:inspections"))


def _leads_to(staff: Staff, permission: str, asked: str) -> str:
    """Return the review for whoever decides there, for everybody else the list of the members who were counted."""
    return reverse("users:review") if staff.has_perm(permission) else _members(asked)


def _members(asked: str) -> str:
    return f"{reverse('users:list')}?{asked}"


def _waiting(waiting: Waiting, url: str) -> Figure:
    hint = _("the oldest for %(age)s") % {"age": timesince(waiting.oldest)} if waiting.oldest else ""
    return Figure(waiting.count_label, hint, url)


SIGN_UPS = Card("sign_ups", gettext_lazy("Sign-ups waiting"), "users.view_user", _sign_ups)
DOCUMENTS = Card("documents", gettext_lazy("Documents waiting"), "users.view_userdocument", _documents)
ENDING_SUBSCRIPTIONS = Card(
    "ending", gettext_lazy("Subscriptions ending in 7 days"), "users.view_usersubscription", _ending
)
INSPECTIONS = Card(
    "inspections", gettext_lazy("Inspections outstanding"), "users.inspect_useraccessaudit", _inspections
)
