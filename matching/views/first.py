"""`/matching/` itself, for whoever shortens an address."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ygs_admin.web.access import StaffRequest
from ygs_admin.web.navigation import PLACES, may_go


@require_safe
def first(request: StaffRequest) -> HttpResponse:
    """Lead to the first place of the navigation below this one that the person may see.

    Raises:
        PermissionDenied: there is none.
    """
    for place in PLACES:
        if place.url_name.startswith("matching:") and may_go(request.user, place):
            return redirect(place.url_name)
    raise PermissionDenied
