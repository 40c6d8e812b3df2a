"""What can go wrong with a key."""

from kernel.faults import Fault


class KeyBusyError(Fault):
    """The name of the key is not free yet."""

    kind = "conflict"
    fix = "Repeat the request in a minute."

    def __init__(self, model_id: str) -> None:
        super().__init__(f"The former key of model {model_id} is still being removed.")
