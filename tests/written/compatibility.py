"""docs/compatibility.md: what LISA's documents promise, and the tests that hold it."""

from collections.abc import Iterator
from itertools import groupby

from tests.support.promises import Keeper, Promise, keepers, promises
from tests.support.templates import relative

INTRODUCTION = """# What is promised, and what holds it

Whoever comes from LISA finds here what its documents promise, in our words, and the tests that
hold it: all of them run in `make test`. `make docs` writes this page from `tests/promises.yaml` and
from the marks of tests. Documents: `start`, what is said of LISA 3 to begin with; `v3`, its README;
`parts`, its chapter on components; `v2`, the README of version 2; `forerunner`, the sample which
LISA was inspired by. Names after these are their sections."""
TITLES = {
    "hosting": "Hosting models",
    "providers": "Models that others host",
    "models": "The API of models",
    "errors": "Errors",
    "serve": "The gateway",
    "clients": "Clients",
    "tokens": "API tokens",
    "sign-in": "Sign-ins",
    "chat": "The chat application",
    "rag": "Answers from documents",
    "staging": "Weights",
    "deployment": "Deployment",
    "security": "Security",
    "local": "On one's own machine",
}


def text() -> str:
    """Return the whole document."""
    known = promises()
    waiting = [promise for promise in known if promise.open]
    sums = f"{len(known)} promises: {len(known) - len(waiting)} are held, {len(waiting)} are open."
    parts = [INTRODUCTION, sums]
    for area, found in groupby(known, key=lambda promise: promise.id.partition(".")[0]):
        parts += [f"## {TITLES[area]}", "\n".join(_table(found))]
    return "\n\n".join(parts) + "\n"


def _table(found: Iterator[Promise]) -> Iterator[str]:
    yield "| promise | said in | held by |"
    yield "|---|---|---|"
    for promise in found:
        held = [keeper for keeper in keepers() if promise.id in keeper.promises]
        kept = "<br>".join(map(_link, held)) or f"**open**: {promise.open}"
        yield f"| {promise.says} | {promise.where} | {kept} |"


def _link(keeper: Keeper) -> str:
    return f"[{keeper.sentence}](../{relative(keeper.path)})"
