"""One photo in full: on a page of its own, or as the part of it that the light box shows."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from users.models import Action, UserPhoto
from users.photos.gallery import around
from users.sections import photos_of, url_when_shown
from users.views.loading import load_member
from ygs_admin.web.access import StaffRequest, needs


@require_safe
@needs("users.view_userphoto")
def photo(request: StaffRequest, user_id: str, photo_id: str) -> HttpResponse:
    user = load_member(request, user_id)
    gallery = photos_of(user)
    found = around(gallery["photos"], photo_id)
    if found is None:
        raise Http404
    previous, shown, following = found
    context = {
        "user_record": user,
        "photo": shown,
        "url": url_when_shown(shown.s3_key),
        "count": len(gallery["photos"]),
        "previous": previous,
        "next": following,
    }
    user.record(Action.VIEW, by=request.user, resource_type=UserPhoto._meta.db_table, resource_id=shown.pk)
    return render(request, "users/photos/_shown.html" if request.htmx else "users/photos/photo.html", context)
