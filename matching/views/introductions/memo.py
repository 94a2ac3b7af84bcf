"""The matchmaker's memo on an introduction."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from matching.introductions.verbs import PERMISSION
from matching.models import MatchHistory
from matching.views.editing import edit
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.versioned_form import VersionedModelForm

from .loading import introduction_url, load_introduction

LONGEST_MEMO = 4000


class MemoForm(VersionedModelForm):
    memo = forms.CharField(
        label=_("Memo"),
        required=False,
        max_length=LONGEST_MEMO,
        widget=forms.Textarea(attrs={"rows": 6}),
        empty_value=None,
    )

    class Meta:
        model = MatchHistory
        fields = ("memo",)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMISSION)
@on_primary
def memo(request: StaffRequest, introduction_id: str) -> HttpResponse:
    pair = load_introduction(request, introduction_id)
    return edit(request, pair, MemoForm, title=str(_("Memo")), back_url=introduction_url(pair), introduction=pair)
