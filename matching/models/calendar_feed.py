"""Secret links under which a consultant's own calendar program reads when they consult, and nothing about whom."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from users.models import Action, UserAccessAudit
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.models import ConsoleModel
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff

TOKEN_BYTES = 32
MOST_FEEDS = 5
# Programs ask every few minutes, some twice in a row; more than this within a minute is no program.
A_MINUTE = timedelta(minutes=1)
MOST_FETCHES = 20


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def open(self) -> Self:
        return self.filter(revoked_at__isnull=True)

    def with_token(self, token: str) -> Self:
        """Return the open feed of an active account that the token opens, or none.

        The token is looked up by its hash: how long that takes tells nothing about any other.
        """
        return self.open().filter(token_sha256=digest(token), staff__is_active=True).select_related("staff")


class CalendarFeed(ConsoleModel):
    """One link. Only the SHA-256 of its token is kept: whoever reads the table can open nothing."""

    # What a calendar program asks is nobody's next page.
    is_read_after_write: ClassVar[bool] = False

    id = PrefixedULIDField(_("ID"), prefix="cfd", primary_key=True)
    staff = models.ForeignKey(Staff, models.PROTECT, verbose_name=_("consultant"), related_name="calendar_feeds")
    token_sha256 = VarcharField(_("token"), max_length=64, unique=True)
    language = VarcharField(_("language"), max_length=10)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    revoked_at = UTCDateTimeField(_("revoked"), null=True)
    fetched_at = UTCDateTimeField(_("last fetched"), null=True)
    fetches_since = UTCDateTimeField(_("counted since"), null=True)
    fetches = models.IntegerField(_("fetches since then"), default=0)

    objects: ClassVar[Any] = CalendarFeedQuerySet.as_manager()

    class Meta:
        db_table = "console_calendar_feeds"
        default_permissions = ()
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def issue(cls, staff: Staff) -> "tuple[CalendarFeed, str] | None":
        """Make a link for one's own calendar; return it with its token, which nobody learns again.

        None where the account has as many open ones as it may have.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with transaction.atomic():
            Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
            if cls.objects.open().filter(staff=staff).count() >= MOST_FEEDS:
                return None
            feed = cls(staff=staff, token_sha256=digest(token), language=get_language() or "ko")
            feed.save(force_insert=True)
            feed._record(Action.CREATE)
        return feed, token

    def revoke(self) -> bool:
        """Close the link for good: it has no inverse, since a link that was open to others must not come back."""
        with transaction.atomic():
            rows = type(self).objects.open().filter(pk=self.pk)
            revoked = bool(rows.update(revoked_at=timezone.now()))
            if revoked:
                self._record(Action.DELETE)
        return revoked

    def count_fetch(self) -> bool:
        """Note that the link was asked; False where that was too often within the minute."""
        now = timezone.now()
        rows = type(self).objects.filter(pk=self.pk)
        is_over = Q(fetches_since__isnull=True) | Q(fetches_since__lt=now - A_MINUTE)
        return bool(
            rows.filter(is_over | Q(fetches__lt=MOST_FETCHES)).update(
                fetched_at=now,
                fetches=Case(When(is_over, then=Value(1)), default=F("fetches") + 1),
                fetches_since=Case(
                    When(is_over, then=Value(now, UTCDateTimeField())),
                    default=F("fetches_since"),
                    output_field=UTCDateTimeField(),
                ),
            )
        )

    def _record(self, action: str) -> None:
        table = self._meta.db_table
        UserAccessAudit.record(action, by=self.staff, resource_type=table, resource_id=self.pk)


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
