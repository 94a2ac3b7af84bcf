"""The first page: what waits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from users.today.board import cards_for, panels_for
from ygs_admin.web.access import StaffRequest


@require_safe
def today(request: StaffRequest) -> HttpResponse:
    return render(request, "today.html", {"cards": cards_for(request.user), "panels": panels_for(request.user)})
