"""Loading a member for a view, and answering "not found" to whoever may not know of them."""

from django.http import Http404

from users.models import User
from ygs_admin.web.access import StaffRequest


def load_member(request: StaffRequest, user_id: str) -> User:
    """Return the member with everything that there is one of; a deleted one only to those who may restore.

    Raises:
        Http404: there is none that this person may know of.
    """
    user: User | None = User.all_objects.with_everything().filter(pk=user_id).first()
    if user is None or (user.is_deleted and not request.user.has_perm("users.restore_user")):
        raise Http404
    return user
