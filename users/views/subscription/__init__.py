"""The pages about a member's subscription."""
