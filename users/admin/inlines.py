"""What hangs on a member, on the member's page. Objects on S3 are shown by key and are not added here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from users.models import UserDocument, UserLifestyle, UserPhoto, UserPreference, UserProfile, UserSubscription
from ygs_admin.web.admin.base import SharedInline

from .lifestyle import LIFESTYLE_FIELDS, LifestyleRepairForm
from .preference import PREFERENCE_FIELDS, PreferenceRepairForm
from .profile import PROFILE_FIELDS, ProfileRepairForm
from .subscription import SUBSCRIPTION_FIELDS


class ProfileInline(SharedInline, admin.StackedInline):
    model = UserProfile
    form = ProfileRepairForm
    fields = PROFILE_FIELDS


class LifestyleInline(SharedInline, admin.StackedInline):
    model = UserLifestyle
    form = LifestyleRepairForm
    fields = LIFESTYLE_FIELDS


class PreferenceInline(SharedInline, admin.StackedInline):
    model = UserPreference
    form = PreferenceRepairForm
    fields = PREFERENCE_FIELDS


class SubscriptionInline(SharedInline, admin.StackedInline):
    """A deleted one is shown too: it keeps the member's one place for a subscription."""

    model = UserSubscription
    fields = (*SUBSCRIPTION_FIELDS, "deleted_at")
    shows_deleted = True


class ObjectInline(SharedInline, admin.TabularInline):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PhotoInline(ObjectInline):
    model = UserPhoto
    fields = ("display_order", "s3_key", "thumbnail_s3_key", "created_at")
    readonly_fields = ("s3_key", "thumbnail_s3_key")


class DocumentInline(ObjectInline):
    model = UserDocument
    fields = ("document_type", "status", "reject_reason", "reject_note", "expires_on", "s3_key", "created_at")
    readonly_fields = ("s3_key",)
