"""The pages about a member's photos."""
