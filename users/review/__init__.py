"""The review queue: what waits for a decision, whose hands it is in, and how a decision is made."""
