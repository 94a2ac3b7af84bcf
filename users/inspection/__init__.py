"""The monthly inspection of the access record: what stands out in a month, and by which measure."""
