"""Where anything at all is caught: at the edge of something that must answer, and nowhere else."""

import ast
from pathlib import Path

from tests.support.sources import tracked
from tests.support.templates import relative

SHIPPED = ("containers/", "functions/", "layers/", "lisa-sdk/lisapy/", "local/", "operations/")
# Each with what would be without it. A new one is thought about first.
BOUNDARIES = {
    "functions/identity/lib/identity/custom_resource.py": "CloudFormation would wait for an hour",
    "layers/kernel/kernel/events.py": "changes that were handled would be handled again",
    "layers/kernel/kernel/http.py": "people would be shown what broke inside",
    "layers/kernel/kernel/queues.py": "messages that were handled would be handled again",
    "containers/gateway/gateway/edge.py": "a request would end without an answer",
    "containers/gateway/gateway/http1/answer.py": "who waits for an upstream would wait for ever",
    "containers/gateway/gateway/lane/app.py": "providers raise anything; a request would hang",
    "containers/gateway/gateway/lane/replies.py": "a stream would end as if it were complete",
    "functions/repositories/lib/parsing/reading.py": "readers of formats raise anything; a file"
    " would be tried again as if it could become well",
}
ANYTHING = {"Exception", "BaseException"}
CODE = [path for path in tracked("*.py") if relative(path).startswith(SHIPPED)]


def swallows_anything(path: Path) -> bool:
    return any(
        isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _is_handed_on(node)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


def _is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or ast.unparse(handler.type) in ANYTHING


def _is_handed_on(handler: ast.ExceptHandler) -> bool:
    """Whether it cleans up, and whoever called hears of it all the same."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and (last.exc is None or isinstance(last.cause, ast.Name))


def test_anything_is_caught_at_these_edges_and_nowhere_else() -> None:
    assert {relative(path) for path in CODE if swallows_anything(path)} == BOUNDARIES.keys()
