"""The demo's embedding model in numpy: BERT with six layers, the mean over tokens, length 1.

It makes the vectors that our inference container makes, for a fifth of llama.cpp's CPU time.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from local.toolchain.commands import run
from local.toolchain.places import REPOSITORY
from local.toolchain.venvs import Toolchain

type Matrix = npt.NDArray[np.float32]

DIMENSIONS = 384
_LAYERS, _HEADS, _EPSILON = 6, 12, 1e-12
_LONGEST = 512  # tokens; what is after them is not read
_WHERE = "import local.demo.build as demo; print(demo.embedding_weights())"


class MiniLm:
    """The model, loaded when it is first asked: texts become vectors of 384 numbers."""

    @cached_property
    def _folder(self) -> Path:
        python = str(Toolchain().interpreter("demo"))
        env = {"PYTHONPATH": str(REPOSITORY)}
        return Path(run([python, "-c", _WHERE], env, "Looking for the demo's weights").strip())

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(_LONGEST)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _weights(self) -> dict[str, Matrix]:
        loaded = load_file(self._folder / "model.safetensors")
        # Kept the way that they are multiplied with.
        return {
            name.removeprefix("bert."): np.ascontiguousarray(one.T, np.float32)
            if "dense" in name or "attention.self" in name
            else one
            for name, one in loaded.items()
        }

    def __call__(self, texts: Iterable[str]) -> Matrix:
        """Return one row for each text. One at a time is fastest: it stays in the cache."""
        rows = [self._embedded(encoding.ids) for encoding in self._tokenizer.encode_batch([*texts])]
        return np.array(rows, np.float32).reshape(-1, DIMENSIONS)

    def weigh(self, texts: Sequence[str]) -> int:
        """Return the tokens of texts together, with the marks around each, as servers count."""
        return sum(len(encoding.ids) for encoding in self._tokenizer.encode_batch([*texts]))

    def _embedded(self, ids: list[int]) -> Matrix:
        weights = self._weights
        x = weights["embeddings.word_embeddings.weight"][ids]
        x = x + weights["embeddings.position_embeddings.weight"][: len(ids)]
        x = x + weights["embeddings.token_type_embeddings.weight"][0]
        x = self._normal(x, "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            x = self._layer(x, f"encoder.layer.{layer}")
        mean: Matrix = x.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _layer(self, x: Matrix, at: str) -> Matrix:
        attended = self._linear(self._attention(x, at), f"{at}.attention.output.dense")
        x = self._normal(x + attended, f"{at}.attention.output.LayerNorm")
        inner = _gelu(self._linear(x, f"{at}.intermediate.dense"))
        return self._normal(x + self._linear(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")

    def _attention(self, x: Matrix, at: str) -> Matrix:
        size = DIMENSIONS // _HEADS
        query, key, value = (
            self._linear(x, f"{at}.attention.self.{part}").reshape(-1, _HEADS, size).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(1, 2) * np.float32(size**-0.5)
        shares: Matrix = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        mixed: Matrix = (shares @ value).swapaxes(0, 1).reshape(-1, DIMENSIONS)
        return mixed

    def _linear(self, x: Matrix, name: str) -> Matrix:
        return x @ self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _normal(self, x: Matrix, name: str) -> Matrix:
        mean: Matrix = x.mean(axis=-1, keepdims=True, dtype=np.float32)
        x = x - mean
        variance: Matrix = np.square(x).mean(axis=-1, keepdims=True, dtype=np.float32)
        deviation: Matrix = np.sqrt(variance + np.float32(_EPSILON))
        x = x / deviation
        return x * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def _gelu(x: Matrix) -> Matrix:
    """By the error function, which numpy has not: Abramowitz and Stegun 7.1.26, to 2e-7."""
    z = np.abs(x) * np.float32(0.5**0.5)
    one = np.float32(1)
    t = one / (one + np.float32(0.3275911) * z)
    series: Matrix = np.full_like(t, 1.061405429)
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = series * t + np.float32(coefficient)
    error: Matrix = np.copysign(one - series * t * np.exp(-z * z), x)
    return np.float32(0.5) * x * (one + error)
