"""Matching by hand for one member, below the member's address."""
