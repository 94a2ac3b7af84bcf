"""The order of a member's photos, the portrait first: adding to its end, moving, bringing back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ygs_admin.staff.models import Staff

from .access import Action, UserAccessAudit
from .deletion import Deletable, DeletionQuerySet
from .status import VerbRefusedError
from .user import User

MOST_PHOTOS = 10


class PhotosChangedError(Exception):
    """The member's photos are no longer those, in the order, that the person saw; nothing was moved."""


class PhotoOrderQuerySet(DeletionQuerySet):
    def reorder(self, *, of: User, shown: Sequence[str], wanted: Sequence[str], by: Staff | None) -> bool:
        """Put a member's photos in the order of these ids, in one transaction; False where they stand so already.

        Decides on the rows as the primary holds them now, locked. `shown` is the order that the person saw: whoever
        has moved, added or deleted a photo since then is not overruled.

        Raises:
            PhotosChangedError: the photos are not what was shown, or are others than are wanted.
            VerbRefusedError: the member is deleted.
        """
        with transaction.atomic():
            of.locked()
            photos = self._locked_in_order(of)
            current = list(photos)
            if current == list(wanted):
                return False
            if current != list(shown) or sorted(current) != sorted(wanted):
                raise PhotosChangedError
            self._number([photos[key] for key in wanted])
            detail = {"display_order": [current, list(wanted)]}
            of.record(Action.UPDATE, by=by, resource_type=self.model._meta.db_table, detail=detail)
        return True

    reorder.alters_data = True  # type: ignore[attr-defined]

    def _locked_in_order(self, user: User) -> dict[str, Any]:
        # Locked by key, as deletions lock: two that meet wait for each other and never for ever.
        rows = self.model.objects.filter(user=user).select_for_update(of=("self",)).order_by("pk")
        return {row.pk: row for row in sorted(rows, key=lambda row: (row.display_order, row.created_at, row.pk))}

    def _number(self, photos: Sequence[Any]) -> None:
        moved = [(place, photo) for place, photo in enumerate(photos) if photo.display_order != place]
        for place, photo in moved:
            photo.display_order = place
        self.model.objects.bulk_update([photo for _place, photo in moved], ["display_order"])


class Ordered(Deletable):
    """A photo among the member's others, of which there are at most `MOST_PHOTOS`."""

    user: Any
    display_order: Any

    class Meta:
        abstract = True

    def append(self, *, by: Staff | None) -> None:
        """Save this new photo as the member's last and record it, in one transaction.

        Raises:
            VerbRefusedError: the member has enough photos, or is deleted.
        """
        with transaction.atomic():
            self.user.locked()
            others = self._others_unless_full()
            last = others.aggregate(last=Max("display_order"))["last"]
            self.display_order = 0 if last is None else last + 1
            self.save()
            UserAccessAudit.record(
                Action.CREATE, by=by, user_id=self.user.pk, resource_type=self._meta.db_table, resource_id=self.pk
            )

    def undelete(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Bring the photo back to where it stood; False where it is live.

        Raises:
            VerbRefusedError: the member has enough photos, or is deleted.
            RowConflictError: the photo is deleted, and not the row that the person saw.
        """
        with transaction.atomic():
            self.user.locked()
            self._others_unless_full()
            return super().undelete(by=by, version=version)

    def _others_unless_full(self) -> Any:
        others = type(self).objects.filter(user=self.user).exclude(pk=self.pk)
        if others.count() >= MOST_PHOTOS:
            raise VerbRefusedError(_("A member has at most %(most)s photos.") % {"most": MOST_PHOTOS})
        return others
