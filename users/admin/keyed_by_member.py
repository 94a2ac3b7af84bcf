"""The tables with one row for each member: never deleted, and bound to their member for good."""

from .recording import RecordedAdmin


class KeyedByMemberAdmin(RecordedAdmin):
    readonly_on_change = ("user",)
    actions = None
