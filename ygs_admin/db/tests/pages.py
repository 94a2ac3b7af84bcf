"""A few pages over members, for tests of where requests read and write."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.db import connection, router, transaction
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


@login_not_required
def show_where(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the alias that served the read."""
    return HttpResponse(User.objects.get(pk=key)._state.db)


@login_not_required
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Write, and take it back; the rest of the request stays on the primary."""
    with transaction.atomic():
        User.objects.filter(pk=key).update(name="바뀐이름")
        transaction.set_rollback(True)
    return show_where(request, key)


@login_not_required
def undo_in_savepoint(request: HttpRequest, key: str) -> HttpResponse:
    """Write in a savepoint, and take that back; the transaction around it is committed."""
    with transaction.atomic():
        undo(request, key)
    return show_where(request, key)


@login_not_required
def rename_by_hand(request: HttpRequest, key: str) -> HttpResponse:
    """Write in SQL that no model knows of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH who AS (SELECT %s id) UPDATE users SET name = '바뀐이름' FROM who WHERE users.id = who.id", [key]
        )
    return HttpResponse("")


@login_not_required
def rename_on_commit(request: HttpRequest, key: str) -> HttpResponse:
    with transaction.atomic():
        transaction.on_commit(lambda: User.objects.filter(pk=key).update(name="바뀐이름"))
    return HttpResponse("")


@login_not_required
def rename_in_savepoint(request: HttpRequest, key: str) -> HttpResponse:
    """Write in a savepoint that stays, after one that is rolled back."""
    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            User.objects.filter(pk=key).update(name="x")
            _ = 1 / 0
        with transaction.atomic():
            User.objects.filter(pk=key).update(name="바뀐이름")
    return HttpResponse("")


def in_the_middle() -> None:
    """What happens between the two reads of a long page; tests put something there."""


@login_not_required
def show_long(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the aliases that served two reads, something having happened between them."""
    first = User.objects.get(pk=key)
    in_the_middle()
    return HttpResponse(f"{first._state.db} {User.objects.get(pk=key)._state.db}")


handler500 = "ygs_admin.web.failures.server_error"
urlpatterns = [
    path("show/<key>/", show, name="show"),
    path("rename/<key>/", rename, name="rename"),
    path("record/<key>/", show_on_record, name="record"),
    path("link/<key>/", rename_by_link, name="link"),
    path("transaction/<key>/", show_in_transaction, name="transaction"),
    path("fail/<key>/", fail, name="fail"),
    path("long/<key>/", show_long, name="long"),
    path("where/<key>/", show_where, name="where"),
    path("undone/<key>/", undo, name="undone"),
    path("undone-in-savepoint/<key>/", undo_in_savepoint, name="undone_in_savepoint"),
    path("by-hand/<key>/", rename_by_hand, name="by_hand"),
    path("on-commit/<key>/", rename_on_commit, name="on_commit"),
    path("in-savepoint/<key>/", rename_in_savepoint, name="in_savepoint"),
    path("", include("ygs_admin.urls")),
]
