"""What attachments and summaries need of the world, in their own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from passages.document import Document

type Message = dict[str, str]


class NothingKept(Exception):
    """There is nothing under that name, or no more."""


@dataclass(frozen=True)
class ChatModel:
    """A model that can be called now. No groups are everybody; `window` is in tokens."""

    model_id: str
    allowed_groups: frozenset[str] = frozenset()
    window: int | None = None

    def open_to(self, *groups: str) -> bool:
        """Return whether a member of these groups may call it, as the gateway judges."""
        return not self.allowed_groups or not self.allowed_groups.isdisjoint(groups)


class Parser(Protocol):
    """From a file to a document."""

    def parse(self, name: str, content: bytes, seconds: float) -> Document:
        """Return what a file says, or raise DocumentRefused with a reason that people can read."""


class ChatModels(Protocol):
    """The table of models."""

    def find(self, model_id: str) -> ChatModel | None:
        """Return a model of chat that can be called now, None if there is none."""


class Writer(Protocol):
    """The gateway's chat."""

    def complete(
        self, model: str, messages: Sequence[Message], most_tokens: int
    ) -> tuple[str, bool]:
        """Return a model's answer, and whether it was cut off at so many tokens.

        Raise ModelRefusedError for what will never work, ModelUnavailableError for what may.
        """


class Notebook(Protocol):
    """What one step of a summary leaves for the next, by name."""

    def put(self, summary_id: str, name: str, content: bytes) -> None:
        """Keep it."""

    def get(self, summary_id: str, name: str) -> bytes:
        """Return what was kept, or raise NothingKept."""

    def clear(self, summary_id: str) -> None:
        """Remove all that was kept. Safe to repeat."""
