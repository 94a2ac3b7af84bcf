"""Finding a member among those whom a page is about."""

from typing import Any

from django import forms
from django.utils.functional import cached_property

from matching.weeks.filter import clean_search, search_field
from users.search.query import Understood, understand
from ygs_admin.staff.models import Staff


class SearchForm(forms.Form):
    q = search_field()

    def __init__(self, query: Any, *, asker: Staff) -> None:
        super().__init__(query)
        self.asker = asker
        self.full_clean()

    def clean_q(self) -> str:
        return clean_search(self.cleaned_data["q"], self.asker)

    @cached_property
    def understood(self) -> Understood | None:
        return understand(self.cleaned_data.get("q", ""))
