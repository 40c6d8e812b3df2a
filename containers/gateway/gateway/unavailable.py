"""What is raised when something that the gateway depends on cannot be asked right now."""


class Unavailable(Exception):
    """`cause` is an error's name, for the log; it carries no address and no secret."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
