"""Loading a member for a view, and answering "not found" to whoever may not know of them."""

from django.http import Http404, QueryDict

from users.models import User
from ygs_admin.web.access import StaffRequest


def load_member(request: StaffRequest, user_id: str) -> User:
    """Return the member with everything that there is one of; a deleted one only to those who may restore.

    The member is noted as shown: a page that its view does not put on the record is put there afterwards.

    Raises:
        Http404: there is none that this person may know of.
    """
    user: User | None = User.all_objects.with_everything().filter(pk=user_id).first()
    if user is None or (user.is_deleted and not request.user.has_perm("users.restore_user")):
        raise Http404
    user.note_shown()
    return user


def load_live_member(request: StaffRequest, user_id: str) -> User:
    """Return the member, whose photos, documents and subscription may be changed.

    Raises:
        Http404: there is none, or it is deleted: then what hangs on it is as the deletion left it.
    """
    user = load_member(request, user_id)
    if user.is_deleted:
        raise Http404
    return user


def posted(request: StaffRequest) -> QueryDict:
    """Return what was posted. An undo has its version in the URL that it is posted to."""
    given = request.POST.copy()
    if "row_version" not in given and "row_version" in request.GET:
        given["row_version"] = request.GET["row_version"]
    return given
