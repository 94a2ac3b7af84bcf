"""Making an account, and changing its name and roles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ygs_admin.staff.models import Staff
from ygs_admin.staff.models.standing import StandingRefusedError, grantable_roles
from ygs_admin.staff.roles import ROLE_LABELS
from ygs_admin.web.access import StaffRequest, needs, recently_confirmed
from ygs_admin.web.flash import flash

HTTP_UNPROCESSABLE = 422


class RolesField(forms.MultipleChoiceField):
    """The roles that the person who asks may give, and those that the account has already."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("Roles"), widget=forms.CheckboxSelectMultiple, required=False, **kwargs)

    def offer(self, by: Staff, held: list[str]) -> None:
        names = sorted({*grantable_roles(by), *held})
        self.choices = [(name, ROLE_LABELS.get(name, name)) for name in names]


class AccountForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("name"), max_length=50)
    roles = RolesField()

    def __init__(self, *args: Any, by: Staff, held: list[str] = [], **kwargs: Any) -> None:  # noqa: B006 - not changed
        super().__init__(*args, **kwargs)
        self.fields["roles"].offer(by, held)  # type: ignore[attr-defined]


class NewAccountForm(AccountForm):
    email = forms.EmailField(label=gettext_lazy("e-mail"), max_length=254)
    field_order = ("email", "name", "roles")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Staff.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Another account has this address."), code="unique")
        return email


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.add_staff")
@recently_confirmed
def create_account(request: StaffRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        staff, password = _create(form, by=request.user)
        return render(request, "staff/temporary_password.html", {"staff": staff, "password": password, "is_new": True})
    status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "staff/account_new.html", {"form": form}, status=status)


@transaction.atomic
def _create(form: NewAccountForm, *, by: Staff) -> tuple[Staff, str]:
    """Make the account with a temporary password: whoever makes it does not know the one that is used."""
    staff = Staff.objects.create_user(form.cleaned_data["email"], name=form.cleaned_data["name"])
    staff.assign(form.cleaned_data["roles"], by=by)
    return staff, staff.set_temporary_password(by=by)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.change_staff")
@recently_confirmed
def edit_account(request: StaffRequest, staff_id: str) -> HttpResponse:
    staff = get_object_or_404(Staff, pk=staff_id)
    held = staff.role_names()
    form = AccountForm(request.POST or None, by=request.user, held=held, initial={"name": staff.name, "roles": held})
    if request.method == "POST" and form.is_valid() and _save(form, staff, by=request.user):
        flash(request, _("Saved."))
        return redirect("staff:account", staff.pk)
    status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "staff/account_edit.html", {"form": form, "staff": staff}, status=status)


def _save(form: AccountForm, staff: Staff, *, by: Staff) -> bool:
    """Save name and roles, both or neither; a refusal is said beside the roles."""
    try:
        with transaction.atomic():
            staff.rename(form.cleaned_data["name"], by=by)
            staff.assign(form.cleaned_data["roles"], by=by)
    except StandingRefusedError as refusal:
        form.add_error("roles", str(refusal))
        return False
    return True
