"""Finding members by what is typed."""
