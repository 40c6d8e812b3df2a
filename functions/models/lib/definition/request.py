"""What an administrator sends for a new model: its definition, and what must not be kept with it.

A class of its own, so that a row, a fact or an answer cannot hold the key by mistake.
"""

from typing import Self

from pydantic import SecretStr, model_validator

from definition.api_key import require_usable
from definition.payload import CreateModel


class ModelRequest(CreateModel):
    """The body of POST /models. LISA's forms send an empty `apiKey` for none."""

    api_key: SecretStr | None = None

    @model_validator(mode="after")
    def _a_key_that_this_model_can_have(self) -> Self:
        if self.key is not None:
            if self.hosted:
                raise ValueError("apiKey is for external models: a hosted one needs none")
            require_usable(self.key, self.model_name)
        return self

    @property
    def key(self) -> SecretStr | None:
        """Return the third party's key, if the model has one."""
        return self.api_key or None

    @property
    def definition(self) -> CreateModel:
        """Return the request without its key."""
        fields = {name: getattr(self, name) for name in CreateModel.model_fields}
        return CreateModel.model_construct(self.model_fields_set - {"api_key"}, **fields)
