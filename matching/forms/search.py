"""Finding members in what a page is about: alone, or beside other filters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from users.masking import may_see_names
from users.search.query import Kind, Understood, understand
from ygs_admin.staff.models import Staff

ANY = ("", _("Any"))


class SearchForm(forms.Form):
    """Finds a member; `asker` is who looks. What derives from it owns a list, and sets its choices in `prepare`.

    A malformed value is left out and said so; the rest still filters.
    """

    q = forms.CharField(
        label=_("Member"), required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": _("Any")})
    )

    def __init__(self, query: Any, *, asker: Staff) -> None:
        super().__init__(query)
        self.asker = asker
        self.prepare()
        self.full_clean()

    def prepare(self) -> None:
        """Complete the fields before they are cleaned."""

    def clean_q(self) -> str:
        """Refuse a search by name of whoever may not see names: finding would tell whose they are."""
        typed: str = self.cleaned_data["q"]
        understood = understand(typed)
        if understood and understood.kind is not Kind.ID and not may_see_names(self.asker):
            raise ValidationError(_("Your role finds members by their ID only."), code="by_id_only")
        return typed

    @cached_property
    def understood(self) -> Understood | None:
        return understand(self.cleaned_data.get("q", ""))
