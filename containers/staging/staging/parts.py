"""The parts of an installation: what each holds, what it stands on, and how STACK names it.

`python -m staging.parts` lists them; `make deploy STACK=serve` asks for one more.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from staging.faults import StagingFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Part:
    """One part: what it stands on, and what is in it."""

    needs: tuple[str, ...]
    holds: str


PARTS = {
    "models": Part((), "models of others and hosted ones: their API, workflows and network"),
    "serve": Part(("models",), "the gateway, its balancer, and who used how much"),
    "rag": Part(("models", "serve"), "repositories, and the life of the documents in them"),
    "chat": Part((), "sessions and prompt templates"),
    "ui": Part((), "the web application's files, and the routes to them"),
}


def named(stack: str) -> list[str]:
    """Return the parts that a STACK names, by commas or spaces; LISA's names are understood."""
    words = stack.replace(",", " ").lower().split()
    if words == ["all"]:
        return list(PARTS)
    found = [word[4:] if word.startswith("lisa") else word for word in words]
    unknown = [part for part in found if part not in PARTS]
    if unknown or not found:
        raise StagingFailed(
            f"There is no part {unknown[0] if unknown else 'without a name'}.",
            f"Give some of them: STACK={' or STACK='.join(PARTS)}, or STACK=all. "
            "make list-stacks says what each holds.",
        )
    return found


def with_needs(parts: Iterable[str], installed: Iterable[str] = ()) -> list[str]:
    """Return these parts, what they stand on and what is there already, in the usual order."""
    wanted = {*installed}
    for part in parts:
        wanted |= {part, *PARTS[part].needs}
    return [part for part in PARTS if part in wanted]


def overrides(configured: object, parts: Iterable[str]) -> str:
    """Return samconfig.toml's parameter_overrides with other parts, as words for a shell."""
    words = configured if isinstance(configured, list) else shlex.split(str(configured or ""))
    kept = [str(word) for word in words if not str(word).startswith("Parts=")]
    return shlex.join([*kept, f"Parts={','.join(parts)}"])


def installed_in(parameters: Mapping[str, str]) -> list[str]:
    """Return the parts that a stack's parameters name."""
    return [part for part in parameters.get("Parts", "").split(",") if part]


def listed() -> str:
    """Return a line for every part."""
    lines = []
    for name, part in PARTS.items():
        needs = f" (needs {', '.join(part.needs)})" if part.needs else ""
        lines.append(f"{name:<8} {part.holds}{needs}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(listed())
