"""Lists of members that somebody comes back to: a name and what is asked, kept to oneself or shared.

A view is nobody's data: it holds what a list is asked, and shows nothing itself, so that the access record has no row
of it; what the list then shows is recorded there. A search names people, though. One for a contact or an id is never
kept, and one for a name only in a view of one's own.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, F, Max, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.search.query import Kind, understand
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.models import ConsoleModel
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff

MOST_VIEWS = 50
LONGEST_NAME = 60
SHARE = "users.share_savedview"
SEE_TRASH = "users.restore_user"

Query = Mapping[str, str]


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, staff: Staff) -> Self:
        """Return one's own views in one's order, then the others' that are shared, by name.

        A view of the trash is not for those from whom the trash is hidden: it would show them the live members.
        """
        rows = self.filter(Q(owner=staff) | Q(is_shared=True)).select_related("owner")
        if not staff.has_perm(SEE_TRASH):
            rows = rows.exclude(query__has_key="trash")
        is_others = Case(When(owner=staff, then=Value(0)), default=Value(1), output_field=models.IntegerField())
        place = Case(When(owner=staff, then=F("position")), default=Value(0), output_field=models.IntegerField())
        return rows.order_by(is_others, place, "name", "id")


class SavedView(ConsoleModel):
    """`query` is what the members list is asked: parameter → value, as `MemberFilter.question()` writes it.

    Verbs lock the owner's account, so that two windows neither keep one name twice nor more views than are allowed.
    They raise `ValidationError` with a sentence for the person who pressed them.
    """

    id = PrefixedULIDField(_("ID"), prefix="svw", primary_key=True)
    owner = models.ForeignKey(
        Staff, models.PROTECT, verbose_name=_("owner"), related_name="saved_views", db_index=False
    )
    name = VarcharField(_("name"), max_length=LONGEST_NAME)
    query = models.JSONField(_("query"))
    is_shared = models.BooleanField(_("shared"), default=False)
    position = models.IntegerField(_("position"))
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = SavedViewQuerySet.as_manager()

    class Meta:
        db_table = "console_saved_views"
        default_permissions = ()
        permissions = (("share_savedview", _("Can share saved views")),)
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = (models.UniqueConstraint(fields=["owner", "name"], name="console_saved_views_name"),)

    def __str__(self) -> str:
        return str(self.name)

    def may_be_changed_by(self, staff: Staff) -> bool:
        """Tell whether this person changes and deletes the view: one's own, and a shared one whoever may share."""
        return staff.has_perm(SHARE) if self.is_shared else self.owner_id == staff.pk

    @classmethod
    def keep(cls, *, owner: Staff, name: str, query: Query, is_shared: bool = False) -> "SavedView":
        """Add a view, the last of its owner's."""
        view = cls(owner=owner, name=name, query=dict(query), is_shared=is_shared)
        with transaction.atomic():
            others = view._locked_others()
            if others.count() >= MOST_VIEWS:
                message = _("You have %(most)s views, which is the most: delete one first.")
                raise ValidationError(message, params={"most": MOST_VIEWS})
            view._refuse_unfit(others)
            last = others.aggregate(last=Max("position"))["last"]
            view.position = 0 if last is None else last + 1
            view.save(force_insert=True)
        return view

    def change(self, *, name: str, is_shared: bool) -> bool:
        """Give the view another name, share it or keep it to its owner; False where all is so already."""
        if (self.name, self.is_shared) == (name, is_shared):
            return False
        self.name, self.is_shared = name, is_shared
        self._save_fit("name", "is_shared")
        return True

    def ask(self, query: Query) -> bool:
        """Let the view ask this from now on; False where it does already."""
        if self.query == dict(query):
            return False
        self.query = dict(query)
        self._save_fit("query")
        return True

    @transaction.atomic
    def move(self, step: int) -> bool:
        """Move the view so many places among its owner's; False where it stands at that end already."""
        self._locked_others()
        views = list(type(self).objects.filter(owner=self.owner_id).order_by("position", "name", "id"))
        place = views.index(self)
        target = min(len(views) - 1, max(0, place + step))
        views.insert(target, views.pop(place))
        for position, view in enumerate(views):
            view.position = position
        type(self).objects.bulk_update(views, ["position"])
        return target != place

    def _save_fit(self, *fields: str) -> None:
        with transaction.atomic():
            self._refuse_unfit(self._locked_others())
            self.save(update_fields=fields)

    def _locked_others(self) -> Any:
        Staff.objects.select_for_update(no_key=True).get(pk=self.owner_id)
        return type(self).objects.filter(owner=self.owner_id).exclude(pk=self.pk)

    def _refuse_unfit(self, others: Any) -> None:
        if others.filter(name=self.name).exists():
            raise ValidationError({"name": _("There is a view of this name already.")})
        refuse_naming_anybody(self.name, self.query, is_shared=self.is_shared)


def refuse_naming_anybody(name: str, query: Query, *, is_shared: bool) -> None:
    """Raise `ValidationError` where a view holds a contact or an id, or a shared one the name that was searched for."""
    if _kind(name) in {Kind.PHONE, Kind.EMAIL, Kind.ID}:
        raise ValidationError({"name": _("A view's name holds no phone number, e-mail address or ID.")})
    if any(_is_contact_or_id(value) for field, value in query.items() if field in TYPED):
        raise ValidationError(_("A search for a phone number, an e-mail address or an ID is not kept. Clear it first."))
    if is_shared and "q" in query:
        raise ValidationError(_("A shared view names nobody. Clear the search, or keep the view to yourself."))


# The parameters into which anything can be typed, if only in the address bar.
TYPED = {"q", "district", "status", "gender", "education"}


def _is_contact_or_id(value: str) -> bool:
    kind = _kind(value)
    return kind is not None and (kind.is_contact or kind is Kind.ID)


def _kind(text: str) -> Kind | None:
    understood = understand(text)
    return understood.kind if understood else None
