"""Write the contract of every fact from its class: `python -m tests.event_contracts.generate`."""

import json
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from typing import Any

from kernel.events import Fact, Received
from tests.event_contracts import ROOT

CONTRACTS = ROOT / "events/contracts"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def facts() -> list[type[Fact]]:
    """Return every fact of every service, by source and name."""
    homes = [f"{path.parent.name}.facts" for path in ROOT.glob("functions/*/lib/*/facts.py")]
    for home in homes:
        import_module(home)
    # A base of facts has no source: nothing of it is ever told.
    told = (fact for fact in _below(Fact) if fact.source and fact.__module__ in homes)
    return sorted(told, key=lambda fact: (fact.source, fact.detail_type()))


def contract(fact: type[Fact]) -> dict[str, Any]:
    """Return the JSON Schema of the `detail` in which a fact arrives."""
    schema = Received[fact].model_json_schema()  # type: ignore[valid-type]
    about = {"title": fact.detail_type(), "description": getdoc(fact)}
    return {"$schema": DIALECT} | schema | about


def path_of(fact: type[Fact]) -> Path:
    """Return where the contract of a fact lies."""
    return CONTRACTS / fact.source / f"{fact.detail_type()}.json"


def text_of(fact: type[Fact]) -> str:
    """Return the contract of a fact as its file holds it."""
    return json.dumps(contract(fact), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write every contract, and remove those of facts that no class is any more."""
    written = {path_of(fact): text_of(fact) for fact in facts()}
    for path in set(CONTRACTS.glob("*/*.json")) - written.keys():
        path.unlink()
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _below(fact: type[Fact]) -> list[type[Fact]]:
    return [one for child in fact.__subclasses__() for one in (child, *_below(child))]


if __name__ == "__main__":
    main()
