"""Below a member's `photos/`, among the names of `users`."""

from django.urls import path

from .deletion import delete, deleted, restore
from .order import order
from .photo import photo
from .upload import add

urlpatterns = [
    path("add/", add, name="photo_add"),
    path("order/", order, name="photo_order"),
    path("deleted/", deleted, name="photos_deleted"),
    path("<pho:photo_id>/", photo, name="photo"),
    path("<pho:photo_id>/delete/", delete, name="photo_delete"),
    path("<pho:photo_id>/restore/", restore, name="photo_restore"),
]
