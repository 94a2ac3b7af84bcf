"""Staff accounts and groups in the Django admin. Whoever changes what an account may do is put on the record."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ygs_admin.web.admin.paging import BoundedPaginator

from .models import Staff
from .roles import ROLES
from .signals import access_changed

Access = dict[str, Any]


class RecordsAccess(admin.ModelAdmin):
    """Compares what the row allows before and after it is saved, and tells `access_changed` the difference."""

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def access(self, row: Any) -> Access:
        """Return what the row allows, as the record keeps it."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.access_before = self.access(self.model._base_manager.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.tell(request, form.instance, form.access_before, self.access(form.instance))

    def tell(self, request: HttpRequest, row: Model, before: Access, after: Access) -> None:
        changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
        if changes:
            access_changed.send(sender=self.model, row=row, by=request.user, changes=changes)


class LowerCaseEmail(forms.ModelForm):
    """People sign in with the address in any case, so one spelling is kept."""

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Staff.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another account has this address."), code="unique")
        return email


class NewStaffForm(LowerCaseEmail, AdminUserCreationForm):
    class Meta:
        model = Staff
        fields = ("email", "name")


class StaffForm(LowerCaseEmail, UserChangeForm):
    class Meta:
        model = Staff
        fields = "__all__"  # noqa: DJ007 - the admin's own list of fields decides


@admin.register(Staff)
class StaffAdmin(RecordsAccess, UserAdmin):
    """An account is not deleted, since the access record speaks of it: it is made inactive."""

    form = StaffForm
    add_form = NewStaffForm
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("name", "email", "password")}),
        (_("Permissions"), {"fields": ("is_active", "is_superuser", "groups", "user_permissions")}),
        (_("Record"), {"fields": ("id", "created_at", "last_login")}),
    )
    add_fieldsets: Any = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)
    readonly_fields = ("id", "created_at", "last_login")
    list_display = ("name", "email", "roles", "is_superuser", "is_active", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    search_fields = ("name", "email", "id__exact")
    ordering = ("name", "id")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Staff]:
        return super().get_queryset(request).prefetch_related("groups")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def access(self, row: Staff) -> Access:
        return {
            "is_active": row.is_active,
            "is_superuser": row.is_superuser,
            "groups": sorted(Group.objects.filter(user=row).values_list("name", flat=True)),
            "user_permissions": _names(Permission.objects.filter(user=row)),
        }

    def tell(self, request: HttpRequest, row: Any, before: Access, after: Access) -> None:
        """Tell of the change and end the account's sessions, except the one that made it."""
        super().tell(request, row, before, after)
        if before != after:
            row.sessions.end(but=request.session.session_key)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002 - Django's name
        before = self.get_object(request, unquote(id))
        response = super().user_change_password(request, id, form_url)
        after = self.get_object(request, unquote(id))
        if before is not None and after is not None and before.password != after.password:
            self.tell(request, after, {"password": None}, {"password": "***"})
        return response

    @admin.display(description=_("roles"))
    def roles(self, row: Staff) -> str:
        return ", ".join(sorted(group.name for group in row.groups.all()))


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(RecordsAccess, GroupAdmin):
    """The roles of the console are set anew from the code after every migration; groups of one's own stay."""

    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and obj.name not in ROLES and super().has_delete_permission(request, obj)

    def access(self, row: Group) -> Access:
        return {"name": row.name, "permissions": _names(row.permissions.all())}

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        nothing = {"name": None, "permissions": None}
        self.tell(request, obj, self.access(obj), nothing)
        super().delete_model(request, obj)


def _names(permissions: QuerySet[Permission]) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in permissions.values_list("content_type__app_label", "codename"))
