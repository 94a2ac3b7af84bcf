"""What an export asks: which fields, in which format and language, and why."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from users.interchange.columns import COLUMNS
from users.interchange.formats import FORMATS
from users.interchange.headers import title_of

VALUES = "values"
LONGEST_REASON = 500


class ExportForm(forms.Form):
    """`clean()` gives the names of the fields in the order of the file."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2}))
    fields_chosen = forms.MultipleChoiceField(label=_("Fields"), widget=forms.CheckboxSelectMultiple)
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(format_.key, format_.label) for format_ in FORMATS.values()],
        initial="csv",
        widget=forms.RadioSelect,
        help_text=_("An Excel sheet holds at most 1,048,575 members. A CSV holds any number, and can be imported."),
    )
    labels = forms.ChoiceField(
        label=_("Language of headers and labels"),
        choices=[*settings.LANGUAGES, (VALUES, _("As they are stored"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names: Any = self.fields["fields_chosen"]
        names.choices = [(column.name, title_of(column, get_language())) for column in COLUMNS]
        # Contact details leave when somebody says so.
        names.initial = [column.name for column in COLUMNS if not column.is_contact]
        self.fields["labels"].initial = get_language()

    @property
    def parameters(self) -> dict[str, Any]:
        """Return what was asked, as the job keeps it."""
        chosen = set(self.cleaned_data["fields_chosen"])
        return {
            "reason": self.cleaned_data["reason"],
            "fields": [column.name for column in COLUMNS if column.name in chosen],
            "format": self.cleaned_data["format"],
            "labels": self.cleaned_data["labels"],
        }
