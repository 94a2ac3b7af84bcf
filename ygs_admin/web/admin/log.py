"""Django's own log of the admin, by ids: it outlives the rows that it speaks of, and must not keep people's names."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest


class LogsIds(admin.ModelAdmin):
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        self.log_keys(request, [obj.pk], ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        self.log_keys(request, [obj.pk], CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> None:  # type: ignore[override]
        self.log_keys(request, [obj.pk for obj in queryset], DELETION)

    def log_keys(self, request: HttpRequest, keys: Iterable[str], flag: int, message: Any = "") -> None:
        """Write one entry a row, in few statements; `message` is a text or Django's list of changes."""
        actor: Any = request.user
        content_type = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        text = message if isinstance(message, str) else json.dumps(message)
        LogEntry.objects.bulk_create(
            [
                LogEntry(
                    user_id=actor.pk,
                    content_type=content_type,
                    object_id=key,
                    object_repr=key,
                    action_flag=flag,
                    change_message=text,
                )
                for key in keys
            ],
            batch_size=1000,
        )
