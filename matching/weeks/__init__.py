"""What the pages of a round read: its pairs as cards, who is left out, its answers, its figures."""
