"""A folder in Hugging Face's layout, read without torch: configuration, vocabulary and tensors."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

type Array = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Checkpoint:
    """The folder, and what a converter asks of it."""

    folder: Path

    @cached_property
    def config(self) -> dict[str, Any]:
        return self._json("config.json")

    @cached_property
    def generation(self) -> dict[str, Any]:
        return self._json("generation_config.json")

    @cached_property
    def tokenizer(self) -> dict[str, Any]:
        return self._json("tokenizer.json")

    @cached_property
    def tensors(self) -> dict[str, Array]:
        return load_file(self.folder / "model.safetensors")

    @cached_property
    def special_tokens(self) -> dict[int, str]:
        return {token["id"]: token["content"] for token in self.tokenizer["added_tokens"]}

    @cached_property
    def tokens(self) -> list[str]:
        """The whole vocabulary in the order of the ids."""
        by_id = {number: token for token, number in self.tokenizer["model"]["vocab"].items()}
        by_id |= self.special_tokens
        return [by_id[number] for number in range(self.config["vocab_size"])]

    @property
    def chat_template(self) -> str:
        return (self.folder / "chat_template.jinja").read_text()

    def _json(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / name).read_text())
        return content
