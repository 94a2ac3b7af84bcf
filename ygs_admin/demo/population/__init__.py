"""The synthetic population of the demo and of benchmarks: Korean members, their documents and photos, and two years of
introductions. The same seed, size, day and staff give the same rows and ids, to the letter.
"""

from .contracts import ObjectStore, Progress, StaffRef, Summary
from .populating import populate

__all__ = ["ObjectStore", "Progress", "StaffRef", "Summary", "populate"]
