"""Saved views of the members list: kept, named, shared, put in order, deleted."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from users.filters import MemberFilter
from users.forms.saved_view import SavedViewForm
from users.models import SavedView
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .bar import url_of

HTTP_UNPROCESSABLE = 422
STEPS = {"up": -1, "down": 1}


@require_safe
@needs("users.view_user")
@on_primary
def views(request: StaffRequest) -> HttpResponse:
    rows: list[dict[str, Any]] = [
        {"view": view, "url": url_of(view), "may_change": view.may_be_changed_by(request.user)}
        for view in SavedView.objects.visible_to(request.user)
    ]
    mine = [row for row in rows if row["view"].owner_id == request.user.pk]
    return render(request, "users/saved_views/list.html", {"mine": mine, "shared": rows[len(mine) :]})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_user")
@on_primary
def new(request: StaffRequest) -> HttpResponse:
    question = MemberFilter(request.GET, asker=request.user).question()
    form = SavedViewForm(request.POST or None, staff=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            view = SavedView.keep(
                owner=request.user,
                name=form.cleaned_data["name"],
                query=question,
                is_shared=form.is_to_be_shared,
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            flash(request, _("The view “%(name)s” is saved.") % {"name": view.name})
            return redirect(url_of(view))
    return _ask(request, form, title=_("Save this view"), verb=_("Save view"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_user")
@on_primary
def edit(request: StaffRequest, view_id: str) -> HttpResponse:
    view = load_changeable(request, view_id)
    shown = {"name": view.name, "is_shared": view.is_shared}
    form = SavedViewForm(request.POST or None, initial=shown, staff=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            view.change(name=form.cleaned_data["name"], is_shared=form.is_to_be_shared)
        except ValidationError as error:
            form.refuse(error)
        else:
            flash(request, _("The view “%(name)s” is saved.") % {"name": view.name})
            return redirect("users:views")
    return _ask(request, form, title=_("Rename or share the view"), verb=_("Save"))


@require_POST
@needs("users.view_user")
def save(request: StaffRequest, view_id: str) -> HttpResponse:
    """Let the view ask what the list, as the query string has it, is asked now."""
    view = load_changeable(request, view_id)
    question = MemberFilter(request.GET, asker=request.user).question()
    try:
        view.ask(question)
    except ValidationError as error:
        flash_refusal(request, " ".join(error.messages))
    else:
        flash(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(url_of(view, question))


@require_POST
@needs("users.view_user")
def move(request: StaffRequest, view_id: str) -> HttpResponse:
    view = load_changeable(request, view_id)
    if view.owner_id != request.user.pk:
        raise PermissionDenied
    view.move(STEPS.get(request.POST.get("way", ""), 0))
    return redirect("users:views")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_user")
@on_primary
def delete(request: StaffRequest, view_id: str) -> HttpResponse:
    view = load_changeable(request, view_id)
    if request.method != "POST":
        context = {"view": view, "action_url": request.path, "cancel_url": reverse("users:views")}
        return render(request, "users/saved_views/delete.html", context)
    view.delete()
    flash(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("users:views")


def load_changeable(request: StaffRequest, view_id: str) -> SavedView:
    """Return a view that this person may change.

    Raises:
        Http404: there is none that they see.
        PermissionDenied: it is shared, and they may not share.
    """
    view: SavedView | None = SavedView.objects.visible_to(request.user).filter(pk=view_id).first()
    if view is None:
        raise Http404
    if not view.may_be_changed_by(request.user):
        raise PermissionDenied
    return view


def _ask(request: StaffRequest, form: SavedViewForm, **words: Any) -> HttpResponse:
    context = {"form": form, "action_url": request.get_full_path(), "cancel_url": _back(request), **words}
    status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "users/saved_views/edit.html", context, status=status)


def _back(request: StaffRequest) -> str:
    """Return to the list that is being saved; from a view that is saved already, to the page of them all."""
    return f"{reverse('users:list')}?{request.GET.urlencode()}" if request.GET else reverse("users:views")
