"""The views of the members list that staff save."""
