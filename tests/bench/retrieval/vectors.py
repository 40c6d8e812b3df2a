"""Vectors of texts, each made once on this machine."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from local.toolchain.locks import held
from tests.bench.retrieval.minilm import DIMENSIONS, Matrix, MiniLm

_AT_ONCE = 256  # what an interrupted run loses


class EmbeddingModel(Protocol):
    """What makes vectors, and counts tokens."""

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """Return one row for each text, of length 1."""

    def weigh(self, texts: Sequence[str]) -> int:
        """Return the tokens of texts together."""


class VectorCache:
    """Vectors by the hashes of their texts, in two files of one folder that only grow."""

    def __init__(self, folder: Path, model: EmbeddingModel | None = None) -> None:
        self._keys = folder / "texts.sha256"
        self._vectors = folder / "vectors.f32"
        self._lock = folder / "lock"
        self._model = model or MiniLm()
        self.weigh = self._model.weigh
        folder.mkdir(parents=True, exist_ok=True)

    def of(self, texts: Sequence[str]) -> Matrix:
        """Return one row for each text, of length 1; what is missing is embedded now."""
        keys = [_key(text) for text in texts]
        by_key = dict(zip(keys, texts, strict=True))
        missing = [by_key[key] for key in by_key.keys() - self._known().keys()]
        for at in range(0, len(missing), _AT_ONCE):
            print(f"embedding: {at} of {len(missing)} texts", file=sys.stderr)
            self._add(missing[at : at + _AT_ONCE])
        known = self._known()
        stored = np.fromfile(self._vectors, np.float32).reshape(-1, DIMENSIONS)
        rows: Matrix = stored[[known[key] for key in keys]]
        return rows

    def _known(self) -> dict[str, int]:
        if not self._keys.exists():
            return {}
        return {key: row for row, key in enumerate(self._keys.read_text().split())}

    def _add(self, texts: Sequence[str]) -> None:
        made = self._model(texts).tobytes()
        with held(self._lock):
            # Keys name rows, so rows come first, from where the keys say that they are complete.
            rows = len(self._keys.read_text().split()) if self._keys.exists() else 0
            with self._vectors.open("r+b" if self._vectors.exists() else "wb") as file:
                file.seek(rows * DIMENSIONS * 4)
                file.write(made)
            with self._keys.open("a") as file:
                file.writelines(f"{_key(text)}\n" for text in texts)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
