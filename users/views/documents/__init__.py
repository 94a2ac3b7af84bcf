"""The pages about a member's documents."""
