"""One finished request as the gateway tells it, as far as this service reads it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# A name is part of a table's key, and a key has a limit: 1024 bytes beside the day.
type Name = Annotated[str, Field(max_length=256)]
type Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
type Milliseconds = Annotated[float, Field(ge=0, le=1_000_000_000, allow_inf_nan=False)]
# Until the year 2096: what is later was told by a broken clock.
type Moment = Annotated[float, Field(ge=0, le=4_000_000_000, allow_inf_nan=False)]


class Record(BaseModel):
    """Who asked which model, and what it took. `served` is empty if no model answered."""

    model_config = ConfigDict(frozen=True)

    at: Moment
    user: Name
    token: Name
    groups: Annotated[list[Name], Field(max_length=50)]
    model: Name
    served: Name
    status: Annotated[int, Field(ge=0, le=999)]
    milliseconds: Milliseconds
    first_token: Annotated[Milliseconds | None, Field(alias="firstToken")]
    prompt: Count | None
    completion: Count | None
    cached: Count | None


class Batch(BaseModel):
    """Records that are counted once, however often they come under this name."""

    model_config = ConfigDict(frozen=True)

    batch: Annotated[str, Field(pattern=r"^[0-9a-z-]{1,100}$")]
    records: list[Record]
