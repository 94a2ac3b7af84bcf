"""What happens to accounts, told to whoever keeps the record of it: the apps further up listen."""

from django.dispatch import Signal

access_changed = Signal()
"""Sent in the transaction that changed what a Staff or Group may do, or what lets it in; `row`, `by` (None: an operator
at the terminal), `changes`: name → [before, after], without any secret."""
