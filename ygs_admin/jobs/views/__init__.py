"""The console's pages about background jobs: one module a page."""
