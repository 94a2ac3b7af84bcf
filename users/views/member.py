"""A member's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from users.head_links import links_for
from users.models import Action, User
from users.sections import Section, sections_for
from users.verbs import VERBS
from ygs_admin.web.access import StaffRequest, needs

from .editing import EDITS
from .loading import load_member


@require_safe
@needs("users.view_user")
def member(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_member(request, user_id)
    context: dict[str, Any] = {
        "user_record": user,
        "sections": [_shown(request, section, user) for section in sections_for(request.user)],
        "verbs": offered_verbs(request, user),
        "links": links_for(request.user, user),
        "edit_url": _edit_url(request, "member", user),
        "may_reveal": request.user.has_perm("users.reveal_contact"),
    }
    context["portrait_url"] = _portrait(context["sections"])
    user.record(Action.VIEW, by=request.user)
    return render(request, "users/detail.html", context)


def offered_verbs(request: StaffRequest, user: User) -> list[dict[str, Any]]:
    return [
        {
            "key": verb.key,
            "label": verb.label,
            "tone": verb.tone,
            "needs_reason": verb.needs_reason,
            "explanation": verb.explanation,
            "url": reverse(f"users:{verb.key}", args=[user.pk]),
        }
        for verb in VERBS.values()
        if verb.is_offered(user, request.user)
    ]


def _shown(request: StaffRequest, section: Section, user: User) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "template": section.template,
        "context": section.load(user),
        "edit_url": _edit_url(request, section.key, user),
    }


def _edit_url(request: StaffRequest, key: str, user: User) -> str | None:
    edit = EDITS.get(key)
    if edit is None or user.is_deleted or not request.user.has_perm(edit.permission):
        return None
    return reverse(f"users:edit_{key}", args=[user.pk])


def _portrait(sections: list[dict[str, Any]]) -> Any:
    photos: list[Any] = next((section["context"]["photos"] for section in sections if section["key"] == "photos"), [])
    return photos[0].thumbnail_url if photos else None
