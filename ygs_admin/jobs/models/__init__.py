"""Background jobs as staff see them, and what became of each thing that a job was about."""

from .item import JobItem, Outcome
from .job import Job, JobStatus

__all__ = ["Job", "JobItem", "JobStatus", "Outcome"]
