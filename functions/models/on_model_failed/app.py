"""When a model has failed, count it by its code: the alarm of this service looks at that."""

from pydantic import BaseModel

from kernel.events import Received, on
from kernel.observability import count


class ModelFailed(BaseModel):
    """Our reading: only the field we use."""

    code: str


@on("models", "ModelFailed.v1", reads=ModelFailed)
def handler(fact: Received[ModelFailed]) -> None:
    count("ModelFailed")
    count("ModelFailed", code=fact.data.code)
