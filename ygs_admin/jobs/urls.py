from django.urls import path

from ygs_admin.db.ids import register_id_converter

from .views.download import download
from .views.job import job
from .views.jobs import jobs
from .views.verbs import VERBS, verb_view

register_id_converter("job")

app_name = "jobs"
urlpatterns = [
    path("", jobs, name="list"),
    path("<job:job_id>/", job, name="job"),
    path("<job:job_id>/download/", download, name="download"),
    *(path(f"<job:job_id>/{verb.key}/", verb_view(verb), name=verb.key.replace("-", "_")) for verb in VERBS.values()),
]
