"""Editing a section of a member, in place or on a page of its own; a conflict is shown, never saved over.

Contact details are masked in the form, and can be replaced unseen; `reveal.py` opens them for whoever gives a reason.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from users.forms import LifestyleForm, MemberForm, PreferenceForm, ProfileForm, RevealedMemberForm
from users.models import Action, User, UserAccessAudit
from users.models.access import masked_changes
from users.revealing import REVEAL_CONTACT, is_contact_open, record_look
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.staff.models import Staff
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash
from ygs_admin.web.versioned_form import VersionedModelForm

from .loading import load_member

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422


@dataclass(frozen=True)
class Edit:
    """One editable section: its forms, masked and in full where there is a difference, and the permission to use it."""

    key: str
    title: str | Promise
    form: type[VersionedModelForm]
    permission: str
    revealed_form: type[VersionedModelForm] | None = None

    def load(self, user: User) -> Any:
        """Return the section's row with its version, a new one where the member has none yet."""
        model = self.form._meta.model
        if model is User:
            return User.objects.with_row_version().get(pk=user.pk)
        row = model.objects.with_row_version().filter(user_id=user.pk).first()
        return row or model(user_id=user.pk)


EDITS = {
    edit.key: edit
    for edit in (
        Edit("member", _("Member"), MemberForm, "users.change_user", RevealedMemberForm),
        Edit("profile", _("Profile"), ProfileForm, "users.change_userprofile"),
        Edit("lifestyle", _("Lifestyle"), LifestyleForm, "users.change_userlifestyle"),
        Edit("preference", _("Preferences"), PreferenceForm, "users.change_userpreference"),
    )
}


def edit_view(edit: Edit) -> Any:
    """Return the view that edits one section."""
    return require_http_methods(["GET", "HEAD", "POST"])(needs(edit.permission)(on_primary(partial(_edit, edit=edit))))


def _edit(request: StaffRequest, user_id: str, *, edit: Edit) -> HttpResponse:
    user = load_member(request, user_id)
    if user.is_deleted:
        raise Http404
    if edit.revealed_form and is_contact_open(request, user):
        edit = replace(edit, form=edit.revealed_form)
    if request.method == "POST":
        return _save(request, user, edit)
    return _page(request, user, edit, edit.form(instance=edit.load(user)))


def _save(request: StaffRequest, user: User, edit: Edit) -> HttpResponse:
    form = edit.form(request.POST, instance=edit.load(user))
    if not form.is_valid():
        return _page(request, user, edit, form, status=HTTP_UNPROCESSABLE)
    if form.is_stale:
        return _conflict(request, user, edit, form)
    try:
        save_edit(form, user, by=request.user)
    except (RowConflictError, IntegrityError):
        return _conflict(request, user, edit, edit.form(request.POST, instance=edit.load(user)))
    flash(request, gettext("Saved."))
    return redirect(f"{reverse('users:detail', args=[user.pk])}#{edit.key}")


def save_edit(form: VersionedModelForm, user: User, *, by: Staff) -> None:
    """Save a valid form and record the difference, both or neither.

    Raises:
        RowConflictError: the row was changed after the form's page was made.
        IntegrityError: somebody else has just taken a unique value, or made the row.
    """
    changes = form.changes()
    with transaction.atomic():
        row = form.save()
        if changes:
            UserAccessAudit.record(
                Action.UPDATE,
                by=by,
                user_id=user.pk,
                resource_type=row._meta.db_table,
                resource_id=row.pk,
                detail=masked_changes(changes),
            )


def _page(request: StaffRequest, user: User, edit: Edit, form: Any, *, status: int = 200) -> HttpResponse:
    template = "users/_form.html" if request.htmx else "users/edit.html"
    return render(request, template, _context(request, user, edit, form), status=status)


def _conflict(request: StaffRequest, user: User, edit: Edit, form: Any) -> HttpResponse:
    """Show what I typed beside what they saved; the form on the page carries their version."""
    form.is_valid()
    latest = UserAccessAudit.objects.about(user.pk).filter(action=Action.UPDATE).first()
    context = _context(request, user, edit, form) | {
        "rows": list(form.differences()),
        "changed_by": latest.actor_name if latest else None,
        "changed_at": latest.created_at if latest else None,
    }
    return render(request, "users/conflict.html", context, status=HTTP_CONFLICT)


def _context(request: StaffRequest, user: User, edit: Edit, form: Any) -> dict[str, Any]:
    """Return what the form's pages show; where that is contact details in full, the look is on record first."""
    is_revealed = edit.form is edit.revealed_form
    if is_revealed:
        record_look(request, user, by=request.user)
    may_reveal = edit.revealed_form and not is_revealed and request.user.has_perm(REVEAL_CONTACT)
    return {
        "reveal_url": reverse("users:reveal_to_edit", args=[user.pk]) if may_reveal else "",
        "user_record": user,
        "title": edit.title,
        "form": form,
        "action_url": reverse(f"users:edit_{edit.key}", args=[user.pk]),
        "cancel_url": f"{reverse('users:detail', args=[user.pk])}#{edit.key}",
        "holders": _deleted_holders(form),
    }


def _deleted_holders(form: VersionedModelForm) -> list[User]:
    """Return the deleted members who hold a value that the form asks for, so that the page can lead to them."""
    errors = [error for field in form.errors.as_data().values() for error in field]
    return [error.params["holder"] for error in errors if error.code == "held_by_deleted" and error.params]
