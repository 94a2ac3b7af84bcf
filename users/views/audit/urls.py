"""Below `/users/audit/`, among the names of `users`."""

from django.urls import path

from users.inspection.month import register_month_converter

from .entry import audit_entry
from .export import audit_export
from .inspection import explain, inspection, sign_off
from .inspections import inspections
from .record import audit

register_month_converter()

urlpatterns = [
    path("", audit, name="audit"),
    path("export/", audit_export, name="audit_export"),
    path("<aud:audit_id>/", audit_entry, name="audit_entry"),
    path("inspections/", inspections, name="inspections"),
    path("inspections/<month:month>/", inspection, name="inspection"),
    path("inspections/<month:month>/explain/", explain, name="inspection_explain"),
    path("inspections/<month:month>/sign-off/", sign_off, name="inspection_sign_off"),
]
