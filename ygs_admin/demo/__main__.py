"""`python -m ygs_admin.demo [run|reset]`: what `make demo` and `make demo-reset` call."""

import sys

from ygs_admin.demo.errors import DemoError, UsageError
from ygs_admin.demo.options import Options
from ygs_admin.demo.progress import Progress
from ygs_admin.demo.run import run
from ygs_admin.demo.state import State

WRONG_USE = 2


def main(arguments: list[str]) -> int:
    """Exit code: 0 stopped or reset, 1 something failed, 2 a value cannot be used."""
    progress = Progress()
    try:
        return _main(arguments, progress)
    except DemoError as error:
        progress.clear()
        print(error, file=sys.stderr)
        return WRONG_USE if isinstance(error, UsageError) else 1


def _main(arguments: list[str], progress: Progress) -> int:
    if arguments not in ([], ["run"], ["reset"]):
        raise UsageError(f"python -m ygs_admin.demo [run|reset], not {' '.join(arguments)}.")
    options = Options.from_environment()
    if arguments == ["reset"]:
        existed = State(options.folder).reset()
        progress.note(f"Deleted the demo in {options.folder}." if existed else f"There is no demo in {options.folder}.")
    else:
        run(options, progress)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
