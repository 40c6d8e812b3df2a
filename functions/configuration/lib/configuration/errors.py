"""What can go wrong with the configuration, for the people who read it."""

from kernel.faults import Fault


class ConfigurationConflictError(Fault):
    """Somebody else has saved a version since this one was read."""

    kind = "conflict"
    fix = "Read the configuration again, and make your change in what it says now."

    def __init__(self) -> None:
        super().__init__("The configuration was changed by somebody else meanwhile.")
