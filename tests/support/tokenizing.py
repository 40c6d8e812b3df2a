"""Tokens as a model's own tokenizer counts them."""

from pathlib import Path

from tokenizers import Tokenizer

_BATCH = 1_000


class Counter:
    """Counts without the marks that the tokenizer sets around a text."""

    def __init__(self, tokenizer: Path) -> None:
        """Load a `tokenizer.json`."""
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        # Its file may say how a model's input is cut and filled up; texts are to be counted whole.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def __call__(self, texts: list[str]) -> list[int]:
        """Return the tokens of each text."""
        lengths: list[int] = []
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            encoded = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            lengths.extend(map(len, encoded))
        return lengths
