"""Choosing a row of another table: found by typing, deleted rows included and said to be deleted."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db import models

from .paging import ChoicesPaginator


class RowChoiceField(forms.ModelChoiceField):
    """A choice among all rows of a table; `describe` returns what a row is called."""

    def __init__(self, *args: Any, describe: Callable[[Any], str] = str, **kwargs: Any) -> None:
        self.describe = describe
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: models.Model) -> str:
        return self.describe(obj)


class RowChoices(AutocompleteJsonView):
    """Django's autocomplete without a count, on the record like any other list that shows people."""

    def get_paginator(self, *args: Any, **kwargs: Any) -> ChoicesPaginator:
        return ChoicesPaginator(*args, **kwargs)

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        describe = getattr(self.model_admin, "describe", str)
        return {"id": str(getattr(obj, to_field_name)), "text": describe(obj)}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if hasattr(self.model_admin, "note_listed"):
            self.model_admin.note_listed(self.request, list(context["object_list"]), self.term)
        return context
