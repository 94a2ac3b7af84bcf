"""Verbs on many members: planned, then done one by one."""
