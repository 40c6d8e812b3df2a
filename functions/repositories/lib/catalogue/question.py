"""A similarity search, as it is asked in a query string. Pure."""

import re
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    model_validator,
)
from pydantic import ValidationError as Unreadable
from pydantic.alias_generators import to_camel

from catalogue.base import FieldName, FieldValue, ModelId
from catalogue.pipeline import CollectionId

type Weight = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
type Wanted = Annotated[
    dict[FieldName, FieldValue | Annotated[list[FieldValue], Field(min_length=1, max_length=50)]],
    Field(max_length=20),
]
_WANTED: TypeAdapter[Wanted] = TypeAdapter(Wanted)
_LONGEST_FILTER = 4000
_SAYABLE = re.compile(r"[^\x00\ud800-\udfff]+")
_ROUNDING = 1e-6


def _read(text: object) -> object:
    if not isinstance(text, str):
        return text
    if len(text) > _LONGEST_FILTER:
        raise ValueError(f"must be {_LONGEST_FILTER:,} characters at most")
    try:
        return _WANTED.validate_json(text, strict=True)
    except Unreadable:
        raise ValueError(
            "must be a JSON object of fields, each with a value or a list of values, such as"
            ' {"tags": ["hr", "law"]}'
        ) from None


class SearchQuery(BaseModel):
    """GET /repository/{repositoryId}/similaritySearch. What is not asked is the collection's.

    `rerank` false leaves out the collection's rerank model; a model's id takes that one. `filter`
    is JSON: each field is to have this value, or one of these.
    """

    model_config = ConfigDict(
        alias_generator=to_camel, protected_namespaces=(), frozen=True, hide_input_in_errors=True
    )

    query: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    top_k: Annotated[int, Field(ge=1, le=100)] = 3
    collection_id: CollectionId | None = None
    model_name: ModelId | None = None
    score: bool = False
    search_mode: Literal["hybrid", "vector", "text"] | None = None
    vector_weight: Weight | None = None
    lexical_weight: Weight | None = None
    filter: Annotated[Wanted, BeforeValidator(_read)] = {}
    rerank: Annotated[bool | ModelId, Field(union_mode="left_to_right")] = True
    neighbours: Annotated[int, Field(ge=0, le=5)] | None = None

    @model_validator(mode="after")
    def _something_is_asked(self) -> Self:
        # Neither UTF-8 nor PostgreSQL's text holds all that a string here can.
        if not self.query.strip() or not _SAYABLE.fullmatch(self.query):
            raise ValueError("query must hold words, and no NUL or lone surrogate")
        return self

    @model_validator(mode="after")
    def _weights_that_share(self) -> Self:
        shares = (self.vector_weight, self.lexical_weight)
        if None not in shares and abs(sum(filter(None, shares)) - 1) > _ROUNDING:
            raise ValueError("vectorWeight and lexicalWeight must sum to 1")
        return self

    @property
    def weight(self) -> float | None:
        """Return the share of the vectors, None where nothing is asked."""
        if self.vector_weight is None and self.lexical_weight is not None:
            return 1 - self.lexical_weight
        return self.vector_weight
