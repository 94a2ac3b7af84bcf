"""What is done with jobs and their files, told to whoever keeps the record of it: the apps further up listen."""

from django.dispatch import Signal

file_leaving = Signal()
"""Sent in a transaction before the address of a job's file is made; `job`, `by`. Who listens puts it on the record."""

verb_pressed = Signal()
"""Sent in the transaction in which somebody starts a job, cancels it or has it run again; `job`, `by`, `verb`."""
