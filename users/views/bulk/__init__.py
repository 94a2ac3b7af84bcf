"""The pages that press a verb on many members."""
