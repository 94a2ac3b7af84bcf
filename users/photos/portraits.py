"""A member's portrait: the first of the photos, small where there is a small one."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from users.models import UserPhoto


def portrait_key(member: str = "pk") -> Subquery:
    """Return the portrait's S3 key for a query in which this column holds the member's id; null where there is none."""
    photos = UserPhoto.objects.filter(user=OuterRef(member)).order_by("display_order", "created_at", "id")
    return Subquery(photos.values_list(Coalesce("thumbnail_s3_key", "s3_key"))[:1])
