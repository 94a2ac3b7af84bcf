"""What the Django admin of every shared table stands on: bounded lists, soft deletion, conflict checks.

Nothing here knows members or the access record: `SharedAdmin` leaves the hooks `note_…`, `delete_rows` and
`restore_rows` to the apps.
"""
