"""The first reason for which a model would not start, on its way up."""

from diagnosis import Reason


class Blocked(Exception):
    """Looking further makes no sense: `reason` is for people."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.reason = Reason(code, message, fix)


def gib(count: int) -> str:
    """Return bytes for people, such as `14.96 GiB`."""
    return f"{count / (1 << 30):,.2f} GiB"
