"""Consultations: the calendar, its verbs, reminders and the link for calendar programs."""
