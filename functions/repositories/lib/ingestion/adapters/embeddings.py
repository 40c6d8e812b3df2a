"""The models of this deployment, as ingestion needs them: quickly, but not before people."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from catalogue.base import Reason
from documents.errors import DocumentRefused
from ingestion.pace import Pace
from ingestion.ports import Vector
from repositories.errors import ModelRefusedError
from repositories.ports import Models


class Embeddings:
    """The `Embedder` port: what a model will never do is a reason, all else is tried again.

    One request is on its way at a time, as large as the model answers in the time that somebody
    who searches may wait for it; see `Pace`.
    """

    def __init__(
        self,
        models: Models,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._models, self._now, self._sleep = models, now, sleep

    def embed(self, model: str, texts: Sequence[str]) -> Sequence[Vector]:
        vectors: list[Vector] = []
        pace = Pace()
        while len(vectors) < len(texts):
            self._sleep(pace.pause)
            begin = self._now()
            part = texts[len(vectors) : len(vectors) + pace.size]
            vectors += self._asked(model, part)
            pace = pace.after(self._now() - begin)
        return vectors

    def weigh(self, model: str, texts: Sequence[str]) -> int | None:
        with _explained():
            return self._models.weigh(model, texts)

    def _asked(self, model: str, texts: Sequence[str]) -> Sequence[Vector]:
        with _explained():
            return self._models.embed(model, texts)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except ModelRefusedError as refused:
        reason = Reason(code="ModelRefused", message=refused.message, fix=refused.fix)
        raise DocumentRefused(reason) from None
