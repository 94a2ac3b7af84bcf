"""What operators and their machines ask: whether the process lives, what it can reach, and how it does."""
