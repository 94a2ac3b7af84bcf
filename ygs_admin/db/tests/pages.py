"""A few pages over members, for tests of where requests read and write."""

from django.contrib.auth.decorators import login_not_required
from django.db import router, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from users.models import Action, User, UserAccessAudit
from ygs_admin.db.routing import using_primary


@login_not_required
def show(request: HttpRequest, key: str) -> HttpResponse:
    return HttpResponse(User.objects.get(pk=key).name)


@login_not_required
def rename(request: HttpRequest, key: str) -> HttpResponse:
    user = User.objects.get(pk=key)
    user.name = request.POST["name"]
    user.save()
    return redirect("show", key)


@login_not_required
def show_on_record(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the alias of reads before and after the page's row of the access record."""
    before = router.db_for_read(User)
    UserAccessAudit.record(Action.VIEW, by=None, user_id=key)
    return HttpResponse(f"{before} {router.db_for_read(User)}")


@login_not_required
def rename_by_link(request: HttpRequest, key: str) -> HttpResponse:
    """Write in a GET, in a block of its own, and answer with what is read afterwards."""
    with using_primary():
        User.objects.filter(pk=key).update(name="바뀐이름")
    return HttpResponse(User.objects.get(pk=key).name)


@login_not_required
def show_in_transaction(request: HttpRequest, key: str) -> HttpResponse:
    with transaction.atomic():
        return show(request, key)


@login_not_required
def fail(request: HttpRequest, key: str) -> HttpResponse:
    User.objects.filter(pk=key).update(name="바뀐이름")
    raise RuntimeError


urlpatterns = [
    path("show/<key>/", show, name="show"),
    path("rename/<key>/", rename, name="rename"),
    path("record/<key>/", show_on_record, name="record"),
    path("link/<key>/", rename_by_link, name="link"),
    path("transaction/<key>/", show_in_transaction, name="transaction"),
    path("fail/<key>/", fail, name="fail"),
    path("", include("ygs_admin.urls")),
]
