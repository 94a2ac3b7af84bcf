"""Why somebody does something to a pair."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 500


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
