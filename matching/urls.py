"""Pages of rounds, introductions, feedback and consultations. Each room of `views/` has its own below its address."""

from django.urls import URLPattern, URLResolver

from ygs_admin.db.ids import register_id_converter

# Of everything that an address below names; the rooms are read after this.
for prefix in ("mw", "mh", "mf", "cs"):
    register_id_converter(prefix)

app_name = "matching"
urlpatterns: list[URLPattern | URLResolver] = []
