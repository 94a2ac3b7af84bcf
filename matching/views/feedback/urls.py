"""Below `feedback/`, among the names of `matching`."""

from django.urls import path

from .deletion import delete, restore
from .due import due

urlpatterns = [
    path("", due, name="feedback_due"),
    path("<mf:feedback_id>/delete/", delete, name="feedback_delete"),
    path("<mf:feedback_id>/restore/", restore, name="feedback_restore"),
]
