"""The models of this deployment, as ingestion needs them."""

from collections.abc import Sequence

from catalogue.base import Reason
from documents.errors import DocumentRefused
from ingestion.ports import Vector
from repositories.errors import ModelRefusedError
from repositories.ports import Models


class Embeddings:
    """The `Embedder` port: what a model will never do is a reason, all else is tried again."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def embed(self, model: str, texts: Sequence[str]) -> Sequence[Vector]:
        try:
            return self._models.embed(model, texts)
        except ModelRefusedError as refused:
            reason = Reason(code="ModelRefused", message=refused.message, fix=refused.fix)
            raise DocumentRefused(reason) from None
