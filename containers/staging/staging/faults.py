"""What a person reads when staging cannot go on."""


class StagingFailed(Exception):
    """What happened and why, then what to do next."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(f"{what}\n{fix}")
        self.what, self.fix = what, fix


class CheckpointRefused(StagingFailed):
    """A PyTorch checkpoint that cannot be read without running what is in it, or is broken."""
