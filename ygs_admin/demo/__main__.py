"""`python -m ygs_admin.demo [run|reset|code ROLE]`: what `make demo`, `make demo-reset` and `make demo-code` call."""

import sys

from ygs_admin.demo.errors import DemoError, UsageError
from ygs_admin.demo.options import Options
from ygs_admin.demo.preparation import SIGN_INS, sign_ins
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
    options = Options.from_environment()
    if arguments[:1] == ["code"]:
        print(_code(State(options.folder), arguments[1:]))
        return 0
    if arguments not in ([], ["run"], ["reset"]):
        raise UsageError(f"python -m ygs_admin.demo [run|reset|code ROLE], not {' '.join(arguments)}.")
    if arguments == ["reset"]:
        existed = State(options.folder).reset()
        progress.note(f"Deleted the demo in {options.folder}." if existed else f"There is no demo in {options.folder}.")
    else:
        run(options, progress)
    return 0


def _code(state: State, arguments: list[str]) -> str:
    """Return the six digits of the moment for the role that was named."""
    if not state.has(SIGN_INS):
        raise UsageError(f"There is no demo in {state.folder}; `make demo` starts one.")
    accounts = sign_ins(state)
    if len(arguments) != 1 or arguments[0] not in accounts:
        raise UsageError(f"Name one of {', '.join(accounts)}, as in `make demo-code ROLE=reviewer`.")
    return accounts[arguments[0]].code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
