"""What can go wrong with usage, in words for people."""

from kernel.faults import Fault


class TooMuchUsageError(Fault):
    """An answer would take longer than API Gateway waits."""

    kind = "unprocessable"
    fix = "Ask for fewer days, or for one user, token, group or model."

    def __init__(self, rows: int) -> None:
        super().__init__(f"The answer is made of more than {rows:,} rows.")


class Busy(Exception):
    """Others write the same rows; the queue brings the batch again."""
