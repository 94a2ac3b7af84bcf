"""Pages of rounds, introductions, feedback and consultations. Each room of `views/` has its own below its address."""

from django.urls import URLPattern, URLResolver, include, path

from ygs_admin.db.ids import register_id_converter

from .views.feedback.giving import feedback
from .views.first import first

# Of everything that an address below names; the rooms are read after this.
for prefix in ("mw", "mh", "mf", "cs"):
    register_id_converter(prefix)

app_name = "matching"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", first, name="first"),
    path("weeks/", include("matching.views.weeks.urls")),
    path("feedback/", include("matching.views.feedback.urls")),
    path("incidents/", include("matching.views.incidents.urls")),
    path("<mh:introduction_id>/", include("matching.views.introductions.urls")),
    path("<mh:introduction_id>/feedback/<usr:user_id>/", feedback, name="feedback"),
    path("consults/", include("matching.views.consults.urls")),
]
