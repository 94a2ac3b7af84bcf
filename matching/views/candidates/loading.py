"""Loading the others whom an address names beside the member."""

from django.http import Http404

from matching.weeks.finding import read_members
from users.models import User
from ygs_admin.db.ids import is_id
from ygs_admin.web.access import StaffRequest


def load_others(request: StaffRequest, user_id: str, *, most: int = 1) -> list[User]:
    """Return the members named by `with`, each once and none of them the member, in the order of the address.

    Raises:
        Http404: one of them is not there, or there are more than may be.
    """
    keys = list(dict.fromkeys(request.GET.getlist("with")))
    if len(keys) > most or user_id in keys or not all(is_id("usr", key) for key in keys):
        raise Http404
    found = read_members(keys)
    if len(found) != len(keys):
        raise Http404
    return found


def load_other(request: StaffRequest, user_id: str) -> User:
    """Return the one member named by `with`.

    Raises:
        Http404: there is none.
    """
    others = load_others(request, user_id)
    if not others:
        raise Http404
    return others[0]
