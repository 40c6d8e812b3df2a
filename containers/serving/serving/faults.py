"""Why the container could not start: one exit code each, and a sentence that says what to do."""


class CannotStart(Exception):
    """Ends the process: `exit_code` for the scheduler, the message for a person."""

    exit_code = 10

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.args[0]}\n{self.fix}"


class BadSetting(CannotStart):
    exit_code = 11


class WeightsMissing(CannotStart):
    exit_code = 12


class ModelFileUnclear(CannotStart):
    exit_code = 13


class AccessDenied(CannotStart):
    exit_code = 14


class StorageUnreachable(CannotStart):
    exit_code = 15


class DiskFull(CannotStart):
    exit_code = 16


class ServerFailed(CannotStart):
    exit_code = 17


class WeightsUnreadable(CannotStart):
    exit_code = 18


class DiskUnusable(CannotStart):
    exit_code = 19
