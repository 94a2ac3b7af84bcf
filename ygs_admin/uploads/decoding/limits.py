"""What the decoding process may use. A file that wants more ends the process, and nothing else."""

import resource

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 30
OPEN_FILES = 32


def confine() -> None:
    """Take from this process, for good, what decoding does not need: memory, time, written files, core dumps."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
