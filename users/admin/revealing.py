"""Contact details in the Django admin: masked on a member's page until somebody gives a reason, as in the console."""

from typing import Any

from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from users.forms.veiled import VeiledForm
from users.models import User
from users.revealing import REVEAL_CONTACT, is_contact_open, open_contact, record_look
from users.views.verbs import HTTP_UNPROCESSABLE, ReasonForm
from ygs_admin.db.routing import using_primary
from ygs_admin.web.access import recently_confirmed

from .recording import RecordedAdmin


class RevealingAdmin(RecordedAdmin):
    """The admin of members. `revealed_form` stands in for `form` while the session may read the member's details."""

    revealed_form: type[VeiledForm]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(recently_confirmed(self.reveal_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_reveal"
        return [path("<path:object_id>/reveal/", view, name=name), *super().get_urls()]

    def reveal_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        with using_primary():
            member: User | None = self.get_object(request, unquote(object_id))
        if member is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        if not request.user.has_perm(REVEAL_CONTACT):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return self._ask_for_reason(request, member, form)
        open_contact(request, member, form.cleaned_data["reason"])
        return HttpResponseRedirect(reverse("admin:users_user_change", args=[quote(member.pk)]))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None and is_contact_open(request, obj):
            kwargs["form"] = self.revealed_form
        return super().get_form(request, obj, change=change, **kwargs)

    def render_change_form(self, request: Any, context: Any, *args: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Record that the details are shown, of a refused form's page too; else say where they are revealed."""
        if obj is not None and is_contact_open(request, obj):
            record_look(request, obj, by=request.user)
        elif obj is not None:
            context["reveal_url"] = reverse("admin:users_user_reveal", args=[quote(obj.pk)])
        return super().render_change_form(request, context, *args, **kwargs | {"obj": obj})

    def _ask_for_reason(self, request: Any, member: User, form: ReasonForm) -> HttpResponse:
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reveal contact details"),
            "opts": self.opts,
            "object": member,
            "form": form,
        }
        status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
        return TemplateResponse(request, "admin/reveal.html", context, status=status).render()
