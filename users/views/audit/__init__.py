"""The pages about the access record and its inspection."""
