"""The headers of every file of the web application, as `frontend/headers.json` has them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ASSETS = "assets/"


@dataclass(frozen=True)
class Headers:
    """What is said with a file."""

    always: Mapping[str, str]
    of_assets: str
    of_others: str
    content_types: Mapping[str, str]

    @classmethod
    def read(cls, table: Path, origins: Mapping[str, str]) -> Headers:
        """The table, with the origins that it names, such as `{storage}`, put in."""
        content = json.loads(table.read_text())
        always = {name: value.format(**origins) for name, value in content["headers"].items()}
        cache = content["cacheControl"]
        return cls(always, cache["assets"], cache["others"], content["contentTypes"])

    def of(self, name: str) -> dict[str, str]:
        """Those of one file, by its name below the application's folder."""
        cache = self.of_assets if name.startswith(ASSETS) else self.of_others
        return {"Cache-Control": cache, "Content-Type": self.content_type(name), **self.always}

    def content_type(self, name: str) -> str:
        """By the name's ending."""
        dot = name.rfind(".")
        return self.content_types.get(name[dot:], "application/octet-stream")
