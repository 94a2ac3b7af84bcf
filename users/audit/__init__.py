"""The access record: what is put there besides what verbs write, and how it is read, exported and destroyed."""
