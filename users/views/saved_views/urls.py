"""Below `/users/views/`, among the names of `users`."""

from django.urls import path

from .views import delete, edit, move, new, save, views

urlpatterns = [
    path("", views, name="views"),
    path("new/", new, name="view_new"),
    path("<svw:view_id>/", edit, name="view_edit"),
    path("<svw:view_id>/save/", save, name="view_save"),
    path("<svw:view_id>/move/", move, name="view_move"),
    path("<svw:view_id>/delete/", delete, name="view_delete"),
]
