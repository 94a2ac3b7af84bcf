"""The Django admin, for superusers who repair things."""

from functools import wraps
from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _


class RepairSite(AdminSite):
    site_header = _("YGS Admin repairs")
    site_title = _("YGS Admin")
    index_title = _("Tables")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return super().admin_view(_without_empty_to_field(view), cacheable)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        from ygs_admin.web.admin.choices import RowChoices  # noqa: PLC0415 - models are not loaded when this module is

        return cast(HttpResponse, RowChoices.as_view(admin_site=self)(request))

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign in where everybody does; whoever has signed in and still is sent here may not enter."""
        if request.user.is_authenticated:
            raise PermissionDenied
        after = request.GET.get("next", reverse("admin:index"))
        return HttpResponseRedirect(f"{reverse('staff:login')}?{urlencode({'next': after})}")


def _without_empty_to_field(view: Any) -> Any:
    """Django looks for a field of that name, and fails; an empty one names none."""

    @wraps(view)
    def forgiving(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get(TO_FIELD_VAR) == "":
            named: Any = request.GET.copy()
            del named[TO_FIELD_VAR]
            request.GET = named
        return cast(HttpResponse, view(request, *args, **kwargs))

    return forgiving


class AdminConfig(DjangoAdminConfig):
    default_site = "ygs_admin.site.RepairSite"
