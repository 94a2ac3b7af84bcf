"""How well the engine would have told, before each past round, what became of it."""
