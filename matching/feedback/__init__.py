"""Feedback: what is due, and what it says for the next round."""
