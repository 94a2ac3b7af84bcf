"""What the decoding process may use. A file that wants more ends the process, and nothing else."""

import ctypes
import resource
from contextlib import suppress

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 30
OPEN_FILES = 32
# <linux/prctl.h> and <linux/sched.h>
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


def confine() -> None:
    """Take from this process, for good, what decoding does not need.

    That is memory, time, written files, core dumps and, where the kernel allows it, the network.
    """
    with suppress(OSError, AttributeError):
        _leave_privileges_and_network()
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _leave_privileges_and_network() -> None:
    """Gain no right by starting another program, ever; enter a network of its own, where there is nothing.

    The user's own namespace, without which the other is root's to make, also takes root's power over others' files.
    """
    library = ctypes.CDLL(None)
    library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    library.unshare(CLONE_NEWUSER | CLONE_NEWNET)
