"""What members pay for: plans, verbs, refunds."""
