"""What rows of documents and jobs have in common. Pure."""

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Row(BaseModel):
    """Base of what the table keeps: names in camelCase there, and never changed in place."""

    model_config = ConfigDict(
        frozen=True, alias_generator=to_camel, populate_by_name=True, hide_input_in_errors=True
    )
