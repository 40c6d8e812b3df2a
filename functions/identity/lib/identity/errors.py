"""Why a caller is not let in, and why we could not find out."""


class Rejected(Exception):
    """The credential is not good; `code` says why, for the log only, never for the caller."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ProviderUnavailable(Exception):
    """The identity provider's keys cannot be had, so nobody can be judged right now."""


class Unauthorized(Exception):
    """API Gateway turns an error with exactly this word into status 401."""

    def __init__(self) -> None:
        super().__init__("Unauthorized")
