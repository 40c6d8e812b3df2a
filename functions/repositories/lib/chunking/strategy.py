"""How a document is to be cut."""

from dataclasses import dataclass
from typing import Literal, get_args

type Kind = Literal["structure", "recursive", "fixed", "none"]
KINDS: tuple[str, ...] = get_args(Kind.__value__)
SMALLEST = 64
LARGEST = 8192


class UnusableStrategy(Exception):  # noqa: N818  (what it is, which is what people are told)
    """A strategy that cannot be followed; `fix` says what can."""

    code = "UnusableStrategy"

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Strategy:
    """How a document is to be cut. `size` and `overlap` are tokens of the embedding model.

    `structure` keeps to headings, tables and paragraphs; `recursive` to paragraphs, sentences and
    words; `fixed` only counts; `none` makes one chunk of a document, or as few as `size` allows.
    What `Chunk.embedded` puts before a chunk comes on top of `size`. `none` has no overlap.
    """

    kind: Kind = "structure"
    size: int = 200
    overlap: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UnusableStrategy(
                f"There is no way of cutting named {self.kind}.", f"Use one of {', '.join(KINDS)}."
            )
        if not SMALLEST <= self.size <= LARGEST:
            raise UnusableStrategy(
                f"Chunks of {self.size} tokens cannot be made.",
                f"Use a size from {SMALLEST} to {LARGEST} tokens.",
            )
        if not 0 <= self.overlap < self.size / 2:
            raise UnusableStrategy(
                f"An overlap of {self.overlap} tokens does not go with a size of {self.size}.",
                "Use an overlap from 0 to less than half of the size.",
            )
