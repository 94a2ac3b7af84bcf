"""Matching by hand for one member: whom they could meet, how well it fits, why not, and introducing them at once."""
