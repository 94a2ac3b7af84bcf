"""Why a file is not taken, as a code: the words for people are in `ygs_admin/uploads/errors.py`."""


class RefusalError(Exception):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
