"""The console's pages about members: one module a page."""
