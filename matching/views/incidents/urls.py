"""Below `incidents/`, among the names of `matching`."""

from django.urls import path

from .incident import decide, incident, reopen
from .list import incidents

urlpatterns = [
    path("", incidents, name="incidents"),
    path("<mf:feedback_id>/", incident, name="incident"),
    path("<mf:feedback_id>/decide/", decide, name="incident_decide"),
    path("<mf:feedback_id>/reopen/", reopen, name="incident_reopen"),
]
