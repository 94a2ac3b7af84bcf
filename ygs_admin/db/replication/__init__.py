"""Which node may serve a read: positions in the write-ahead log, what the replicas have replayed, and how they are."""
