"""What every failure becomes: a code for programs, two sentences for people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """`code` is a name such as `WeightsMissing`.

    `message` says what happened and why, `fix` what to do about it: sentences for people.
    """

    code: str
    message: str
    fix: str
