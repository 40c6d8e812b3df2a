"""What keeping keys needs from the world, in its own words."""

from typing import Protocol

from pydantic import SecretStr

from routing.route import KeyReference


class Keys(Protocol):
    """Third parties' keys, one name for each model, every value under a version of its own."""

    def keep(self, model_id: str, key: SecretStr) -> KeyReference:
        """Keep one more value and return how it is read; earlier ones stay readable for a while.

        Raise KeyBusyError while the key of a former model of this name is still being removed.
        """

    def forget(self, model_id: str) -> None:
        """Remove every value of a model at once; none is no error."""
