"""Editing what may not be read: a value is shown masked, replaced by typing another, erased by saying so."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from django import forms

from users.masking import CONTACT_MASKS, MASKS, masked, may_see_names
from users.models import User
from ygs_admin.web.versioned_form import Difference
from ygs_admin.web.viewer import current_viewer

from .cleaned import CleanedForm


class Kept(str):
    """The mask that a page carried, where nothing was typed over it."""

    __slots__ = ()


class VeiledInput(forms.TextInput):
    """An empty input in which a mask shows; left empty it says that mask again, so that nothing was touched.

    Without a mask it is a text input like any other. What is posted is read as the page meant that it came from.
    """

    template_name = "users/widgets/veiled.html"

    def __init__(self, mask: str, *, is_erasable: bool) -> None:
        super().__init__()
        self.mask, self.is_erasable = mask, is_erasable

    def use_required_attribute(self, initial: Any) -> bool:
        return not self.mask and super().use_required_attribute(initial)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["mask"], context["is_erasable"] = self.mask, self.is_erasable
        if self.mask:
            is_untouched = isinstance(value, Kept) or value == self.mask
            context["widget"]["value"] = None if is_untouched else self.format_value(value)
            context["widget"]["attrs"]["placeholder"] = self.mask
            context["is_erased"] = value == ""
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        if typed or f"{name}-veiled" not in data:
            return typed
        return "" if f"{name}-erase" in data else Kept(data[f"{name}-veiled"])


class VeiledForm(CleanedForm):
    """Veils the contact details that are stored, unless they are revealed, and a name from whoever may read none."""

    is_revealed: ClassVar[bool] = False

    def __init__(self, *args: Any, instance: User | None = None, initial: Any = None, **kwargs: Any) -> None:
        self.veiled = self._masks(instance)
        super().__init__(*args, instance=instance, initial={**(initial or {}), **self.veiled}, **kwargs)
        for name in MASKS.keys() & self.fields.keys():
            self._veil(self.fields[name], self.veiled.get(name, ""))

    @cached_property
    def touched(self) -> list[str]:
        """Leave out what says a mask: whatever else has changed meanwhile, that is nobody's value."""
        fields = self.fields
        return [name for name in super().touched if not (fields[name].disabled or isinstance(self[name].value(), Kept))]

    def differences(self) -> Iterator[Difference]:
        """Yield them with "theirs" on both sides where I typed nothing: what I was not shown cannot be put back."""
        for difference in super().differences():
            is_kept = difference.name in self.veiled and difference.mine == difference.original
            yield replace(difference, mine=difference.theirs, is_changed_by_both=False) if is_kept else difference

    def _masks(self, member: User | None) -> dict[str, str]:
        """Return field → mask of every value that is stored and may not be read."""
        if member is None or member._state.adding:
            return {}
        contacts = () if self.is_revealed else CONTACT_MASKS
        names = () if may_see_names(current_viewer()) else ("name",)
        return {
            field: mask for field in (*contacts, *names) if (mask := str(masked(field, getattr(member, field)) or ""))
        }

    @staticmethod
    def _veil(field: Any, mask: str) -> None:
        """Give the field an input that understands a veiled page, whether or not this page is one."""
        widget = VeiledInput(mask, is_erasable=not field.required)
        widget.attrs, widget.is_required = field.widget.attrs, field.required
        field.widget = widget
