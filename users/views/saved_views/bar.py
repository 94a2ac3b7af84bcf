"""The saved views above the members list: which there are, which one is open, and whether it was changed."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from users.filters import MemberFilter
from users.models import SavedView
from users.models.saved_view import Query
from ygs_admin.web.access import StaffRequest


@dataclass(frozen=True)
class Entry:
    """A view as the menu shows it."""

    view: SavedView
    is_mine: bool

    @property
    def url(self) -> str:
        return url_of(self.view)


@dataclass(frozen=True)
class Bar:
    """`active` is the view that the list was opened by, `question` what the list is asked now."""

    mine: list[Entry]
    shared: list[Entry]
    active: Entry | None
    question: dict[str, str]
    may_change: bool

    @property
    def is_changed(self) -> bool:
        return self.active is not None and self.active.view.query != self.question

    @property
    def new_url(self) -> str:
        """Return where what is asked now is saved as a new view; the unasked list is nothing to save."""
        return f"{reverse('users:view_new')}?{urlencode(self.question)}" if self.question else ""

    @property
    def save_url(self) -> str:
        """Return what takes the POST that saves the change, empty where there is none or it is not this person's."""
        if self.active is None or not self.is_changed or not self.may_change:
            return ""
        return f"{reverse('users:view_save', args=[self.active.view.pk])}?{urlencode(self.question)}"


def bar_for(request: StaffRequest, form: MemberFilter) -> Bar:
    """Return the bar of this list, in one query."""
    views = SavedView.objects.visible_to(request.user)
    entries = [Entry(view, is_mine=view.owner_id == request.user.pk) for view in views]
    active = next((entry for entry in entries if entry.view.pk == form.cleaned_data.get("view")), None)
    return Bar(
        mine=[entry for entry in entries if entry.is_mine],
        shared=[entry for entry in entries if not entry.is_mine],
        active=active,
        question=form.question(),
        may_change=active is not None and active.view.may_be_changed_by(request.user),
    )


def url_of(view: SavedView, question: Query | None = None) -> str:
    """Return the list as the view asks for it, or as this question changes it."""
    asked = view.query if question is None else question
    return f"{reverse('users:list')}?{urlencode({**asked, 'view': view.pk})}"
