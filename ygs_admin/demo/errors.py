"""What the embedded environment says when it cannot go on."""


class DemoError(Exception):
    """A sentence for the person at the terminal; shown without a traceback."""


class UsageError(DemoError):
    """A value from the environment or the command line cannot be used; exit code 2."""
