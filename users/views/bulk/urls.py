"""Below `/users/bulk/`, among the names of `users`."""

from django.urls import path

from users.bulk.planning import BULK_VERBS

from .plan import bulk_plan, bulk_view
from .undo import bulk_undo

urlpatterns = [
    *(path(f"{verb.key}/", bulk_view(verb), name=f"bulk_{verb.key}") for verb in BULK_VERBS.values()),
    path("<bpl:plan_id>/", bulk_plan, name="bulk_plan"),
    path("undo/<job:job_id>/", bulk_undo, name="bulk_undo"),
]
