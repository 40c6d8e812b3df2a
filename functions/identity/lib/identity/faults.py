"""What can go wrong with managing API tokens. HTTP bodies use these class names."""

from kernel.faults import Fault


class TokenNotFoundError(Fault):
    """No such token, or none of the caller's."""

    kind = "missing"
    fix = "Look at GET /api-tokens for the tokenUUID of each of your tokens."

    def __init__(self) -> None:
        super().__init__("You have no token with this id.")


class TooManyTokensError(Fault):
    """Tokens are few, so that people know what each is for."""

    kind = "conflict"
    fix = "Delete those that are not needed, and repeat the request."

    def __init__(self, username: str, most: int) -> None:
        super().__init__(f"{username} has {most} tokens, which is the most that one may have.")


class TokenChangedError(Fault):
    """Somebody else was faster."""

    kind = "conflict"
    fix = "Look at it, and repeat the request if it is still wanted."

    def __init__(self) -> None:
        super().__init__("The token was changed by another request at this very moment.")
