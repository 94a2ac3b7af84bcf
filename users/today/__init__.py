"""The first page: what waits for whoever opens it, and how the last weeks went."""
