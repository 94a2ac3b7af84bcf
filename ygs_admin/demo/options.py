"""What the person at the terminal chooses, by variables: `make demo PORT=8080 MEMBERS=500`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ygs_admin.demo.errors import UsageError

REPOSITORY = Path(__file__).resolve().parents[2]
MOST_MEMBERS = 2_000_000
HIGHEST_PORT = 65535
HIGHEST_SEED = 2**31 - 1


@dataclass(frozen=True)
class Options:
    folder: Path
    port: int
    members: int
    seed: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Options":
        """Raise `UsageError`, with a sentence that names the variable, for a value that cannot be used."""
        return cls(
            # An empty variable is an absent one, as `make demo PORT=` means it.
            folder=(REPOSITORY / (environment.get("DEMO_DIR") or ".demo")).resolve(),
            port=_whole_number(environment, "PORT", 8000, lowest=1, highest=HIGHEST_PORT),
            members=_whole_number(environment, "MEMBERS", 3000, lowest=1, highest=MOST_MEMBERS),
            seed=_whole_number(environment, "SEED", 1, lowest=0, highest=HIGHEST_SEED),
        )


def _whole_number(environment: Mapping[str, str], name: str, default: int, *, lowest: int, highest: int) -> int:
    text = environment.get(name) or str(default)
    try:
        number = int(text)
    except ValueError:
        number = lowest - 1
    if not lowest <= number <= highest:
        raise UsageError(f"{name} must be a whole number from {lowest} to {highest}, not {text!r}.")
    return number
