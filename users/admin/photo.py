"""Members' photos, by their keys on S3."""

from django.contrib import admin

from users.models import UserPhoto

from .recording import RecordedAdmin


@admin.register(UserPhoto)
class UserPhotoAdmin(RecordedAdmin):
    fields = ("user", "display_order", "s3_key", "thumbnail_s3_key")
    readonly_on_change = ("s3_key", "thumbnail_s3_key")
    list_display = ("id", "user", "display_order", "created_at")
