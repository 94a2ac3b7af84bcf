"""Every URL of the console."""

from django.contrib import admin
from django.urls import include, path

from users.views.today import today

handler400 = "ygs_admin.web.failures.bad_request"
handler403 = "ygs_admin.web.failures.permission_denied"
handler404 = "ygs_admin.web.failures.not_found"
handler500 = "ygs_admin.web.failures.server_error"
urlpatterns = [
    path("", today, name="today"),
    path("", include("ygs_admin.web.urls")),
    path("", include("ygs_admin.monitoring.urls")),
    path("staff/", include("ygs_admin.staff.urls")),
    path("users/", include("users.urls")),
    path("matching/", include("matching.urls")),
    # Of a member, and of matching: after the rooms whose ids it names.
    path("users/", include("matching.views.candidates.urls")),
    path("jobs/", include("ygs_admin.jobs.urls")),
    path("admin/", admin.site.urls),
]
