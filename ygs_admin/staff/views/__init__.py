"""Signing in, one's own account, and the accounts of others: one module a page."""
