"""What turns texts into vectors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from serving.faults import ServerFailed


class Encoder(Protocol):
    """A model in memory. Both calls compute, and are made by one thread at a time."""

    longest: int  # tokens of an instruction and its text together

    def count(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has."""
        ...

    def encode(self, texts: Sequence[str], instruction: str) -> list[list[float]]:
        """A vector for each text, in their order."""
        ...


class SentenceEncoder:
    """A model of sentence-transformers, of which the INSTRUCTOR family is one.

    What such a model does with the words of the instruction after they have been read (INSTRUCTOR
    leaves them out of the mean) stands in its own files.
    """

    def __init__(self, folder: Path) -> None:
        # Half a minute of imports, which neither a wrong setting nor a test has to wait for.
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        try:
            self._model: Any = SentenceTransformer(str(folder), local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ServerFailed(
                f"sentence-transformers cannot load the model: {error}",
                "Stage the whole model folder (modules.json, tokenizer, *.safetensors); if the "
                "memory was too small, choose a larger instance type.",
            ) from error
        self.longest = int(self._model.max_seq_length or 512)

    def count(self, texts: Sequence[str]) -> list[int]:
        """With the marks that begin and end a text."""
        return [len(ids) for ids in self._model.tokenizer(list(texts), verbose=False)["input_ids"]]

    def encode(self, texts: Sequence[str], instruction: str) -> list[list[float]]:
        """Of length one, so that a scalar product is the cosine."""
        vectors = self._model.encode(
            list(texts),
            prompt=instruction or None,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        numbers: list[list[float]] = vectors.tolist()
        return numbers
