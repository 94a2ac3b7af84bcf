"""The console's own index over members: what lists search, filter and order by, one narrow row a member.

Triggers on `users` and `user_profiles` keep it, so that rows which the backend writes are found too
(`migrations/member_search.sql`); `manage.py index_members` verifies and rebuilds it.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Index, Q

from users.search.rows import MemberSearchQuerySet
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.models import ConsoleModel
from ygs_admin.db.timestamps import UTCDateTimeField

from .user import User

LIVE = Q(is_deleted=False)
DELETED = Q(is_deleted=True)


class MemberSearch(ConsoleModel):
    """`grams` holds what `users.search.grams` describes; the other columns are copies."""

    user = models.OneToOneField(
        User, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="search_row"
    )
    created_at = UTCDateTimeField()
    is_deleted = models.BooleanField()
    name_key = models.TextField()
    phone = VarcharField()
    email_key = models.TextField(null=True)
    domain_key = models.TextField(null=True)
    status = VarcharField()
    gender = VarcharField()
    birth_year = models.IntegerField()
    district = VarcharField(null=True)
    education = VarcharField(null=True)
    grams = ArrayField(models.IntegerField())

    objects: ClassVar[Any] = MemberSearchQuerySet.as_manager()

    class Meta:
        db_table = "console_member_search"
        default_permissions = ()
        indexes = (
            # A search, intersected inside one index (btree_gin) with the filters that correlate with it: few women are
            # called 훈, which no statistics say. Years of birth and districts are asked for by ranges, which GIN serves
            # by reading every entry within. A row has about thirty entries; adding them in batches makes writing two to
            # three times as fast. A search reads through the pending ones, so that they are kept to half a megabyte
            # (some 500 rows, half a millisecond).
            GinIndex(
                fields=["grams", "gender", "status"],
                name="console_search_gin",
                fastupdate=True,
                gin_pending_list_limit=512,
            ),
            # Each order of the list, and the trash by itself.
            Index(fields=["created_at", "user"], name="console_search_newest", condition=LIVE),
            Index(fields=["name_key", "user"], name="console_search_name", condition=LIVE),
            Index(fields=["birth_year", "user"], name="console_search_birth_year", condition=LIVE),
            Index(fields=["created_at", "user"], name="console_search_trash", condition=DELETED),
            # The sign-ups of the last weeks are counted by gender in the index alone: the table's rows are wide.
            Index(fields=["created_at"], include=["gender"], name="console_search_sign_ups", condition=LIVE),
            # A status is no random sample of the sign-ups: those who wait are the newest, those who left are old.
            Index(fields=["status", "created_at", "user"], name="console_search_status", condition=LIVE),
            Index(fields=["district"], name="console_search_district", opclasses=["text_pattern_ops"]),
            Index(fields=["phone"], name="console_search_phone"),
            Index(fields=["email_key"], name="console_search_email", opclasses=["text_pattern_ops"]),
            Index(fields=["domain_key"], name="console_search_domain", opclasses=["text_pattern_ops"]),
        )

    def __str__(self) -> str:
        return str(self.pk)
