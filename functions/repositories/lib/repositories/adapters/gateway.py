"""Models through this deployment's gateway, in OpenAI's protocol."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from repositories.adapters.wire import Answer, Wire
from repositories.errors import ModelRefusedError, ModelUnavailableError

# What any server embeds in one go, and how many of these are on their way at once.
BATCH, PARALLEL = 32, 4
BASE = "/v2/serve/"
_LONGEST_REASON = 300
_LET_IN = (
    "Its row in the token table was removed or changed. Rotate the secret"
    " <deployment>/service-tokens/repositories in Secrets Manager: that lets it in anew, within"
    " five minutes."
)


type _Number = Annotated[float, Field(allow_inf_nan=False)]


class _Vector(BaseModel):
    index: int
    embedding: list[_Number]


class _Usage(BaseModel):
    prompt_tokens: int | None = None


class _Vectors(BaseModel):
    data: list[_Vector]
    usage: _Usage | None = None


class _Relevance(BaseModel):
    index: int
    relevance_score: _Number


class _Ranking(BaseModel):
    results: list[_Relevance]


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: Annotated[list[_Choice], Field(min_length=1)]


class _Detail(BaseModel):
    message: str = ""


class _Refusal(BaseModel):
    error: _Detail = _Detail()


class GatewayModels:
    """The `Models` port. `token` returns this service's API token; `patience` is in seconds.

    One call takes `patience` at most, tries and pauses included.
    """

    def __init__(self, wire: Wire, token: Callable[[], str], patience: float) -> None:
        self._wire, self._token, self._patience = wire, token, patience

    def embed(self, model: str, texts: Sequence[str]) -> list[list[float]]:
        deadline = time.monotonic() + self._patience
        batches = list(batched(texts, BATCH))
        if len(batches) <= 1:
            return [
                vector for batch in batches for vector in self._embedded(model, batch, deadline)
            ]
        with ThreadPoolExecutor(PARALLEL) as pool:
            asked = pool.map(lambda batch: self._embedded(model, batch, deadline), batches)
            return [vector for vectors in asked for vector in vectors]

    def weigh(self, model: str, texts: Sequence[str]) -> int | None:
        usage = self._vectors(model, texts, time.monotonic() + self._patience).usage
        return usage.prompt_tokens if usage else None

    def rerank(self, model: str, query: str, texts: Sequence[str]) -> list[float]:
        deadline = time.monotonic() + self._patience
        body = {"model": model, "query": query, "documents": list(texts)}
        ranking = self._asked("rerank", model, body, deadline, _Ranking)
        scores = {one.index: one.relevance_score for one in ranking.results}
        if scores.keys() != {*range(len(texts))}:
            raise ModelRefusedError(model, "its answer does not rank each of the texts once")
        return [scores[place] for place in range(len(texts))]

    def complete(
        self, model: str, messages: Sequence[dict[str, str]], most_tokens: int
    ) -> tuple[str, bool]:
        """Return a chat model's answer of so many tokens at most, and whether it was cut there."""
        deadline = time.monotonic() + self._patience
        body = {"model": model, "messages": list(messages), "max_tokens": most_tokens}
        completion = self._asked("chat/completions", model, body, deadline, _Completion)
        first = completion.choices[0]
        return first.message.content or "", first.finish_reason == "length"

    def _embedded(self, model: str, texts: Sequence[str], deadline: float) -> list[list[float]]:
        found = self._vectors(model, texts, deadline).data
        vectors = {one.index: one.embedding for one in found}
        lengths = {len(vector) for vector in vectors.values()}
        if vectors.keys() != {*range(len(texts))} or len(lengths) != 1 or 0 in lengths:
            raise ModelRefusedError(model, "its answer has not one vector for each of the texts")
        return [vectors[place] for place in range(len(texts))]

    def _vectors(self, model: str, texts: Sequence[str], deadline: float) -> _Vectors:
        body = {"model": model, "input": list(texts), "encoding_format": "float"}
        return self._asked("embeddings", model, body, deadline, _Vectors)

    def _asked[Reply: BaseModel](
        self, operation: str, model: str, body: object, deadline: float, reads: type[Reply]
    ) -> Reply:
        answer = self._wire.post(BASE + operation, self._token(), body, deadline)
        if answer.status != 200:
            raise _fault(model, answer)
        try:
            return reads.model_validate_json(answer.body)
        except ValidationError:
            raise ModelRefusedError(model, f"its answer is none of /{operation}") from None


def _fault(model: str, answer: Answer) -> ModelRefusedError | ModelUnavailableError:
    why = _said(answer)
    if answer.status == 401:
        refused = "the gateway does not know this service's own token"
        return ModelUnavailableError(model, refused, fix=_LET_IN)
    if answer.later or answer.status >= 500:
        return ModelUnavailableError(model, why)
    return ModelRefusedError(model, why)


def _said(answer: Answer) -> str:
    if answer.status == 0:
        return answer.body.decode()[:_LONGEST_REASON].rstrip(".")
    try:
        said = _Refusal.model_validate_json(answer.body).error.message
    except ValidationError:
        said = ""
    return (said[:_LONGEST_REASON] or f"the gateway answered {answer.status}").rstrip(".")
