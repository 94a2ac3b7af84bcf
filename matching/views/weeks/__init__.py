"""The pages of weekly rounds."""
