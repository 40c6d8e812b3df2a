"""A Map goes the same way in the interpreter of the tests as in moto's engine."""

from typing import Any

import pytest

from documents.errors import DocumentRefused, DocumentSuperseded
from tests.support import motos_engine
from tests.support.deployed_workflows import workflows
from tests.support.document_fakes import BROKEN
from tests.support.workflow import Execution

INGEST, REMOVE = "DocumentRequested.v1", "DocumentRemovalRequested.v1"
FACT = {"data": {"repository_id": "r", "document_id": "d", "generation": 7}}
ARN = "arn:aws:states:eu-west-1:123456789012:execution:test:test"
ONE: dict[str, Any] = {"parse_document": {"batches": [3]}}
NONE: dict[str, Any] = {"parse_document": {"batches": []}}
SUPERSEDED, REFUSED = DocumentSuperseded("gone"), DocumentRefused(BROKEN)
SCRIPTS: dict[str, tuple[str, dict[str, Any]]] = {
    "one batch": (INGEST, ONE),
    "no batch": (INGEST, NONE),
    "an item that is superseded": (INGEST, ONE | {"embed_batch": SUPERSEDED}),
    "an item that is refused": (INGEST, ONE | {"embed_batch": REFUSED}),
    "an item that always breaks": (INGEST, ONE | {"embed_batch": OSError("lost")}),
    "a claim that came too late": (INGEST, {"claim_document": SUPERSEDED}),
    "a file that is refused": (INGEST, {"parse_document": REFUSED}),
    "an end that fails": (INGEST, ONE | {"clear_staging": OSError("lost")}),
    "a removal": (REMOVE, {}),
    "a removal that was overtaken": (REMOVE, {"remove_document": SUPERSEDED}),
}


class Scripted:
    """Functions that always answer as told, or with nothing; what they were given is kept."""

    def __init__(self, script: dict[str, Any]) -> None:
        self.given: list[tuple[str, Any]] = []
        self._script = script

    def __call__(self, function: str, given: Any) -> Any:
        without = {name: value for name, value in given.items() if name != "execution"}
        self.given.append((function, without))
        answer = self._script.get(function.removeprefix("repositories."))
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize("name", SCRIPTS)
def test_both_engines_take_the_same_way(name: str) -> None:
    started_by, script = SCRIPTS[name]
    definition = workflows("repositories")[started_by].definition
    motos_engine.require_the_same_way(definition, ARN, FACT, lambda: Scripted(script))


def test_items_of_a_map_run_beside_each_other() -> None:
    script = Scripted({"parse_document": {"batches": list(range(9))}})
    execution = Execution(workflows("repositories")[INGEST].definition, ARN, FACT, script).run()
    batches = [given["batch"] for function, given in script.given if "batch" in given]
    assert sorted(batches) == list(range(9))
    assert execution.visited.count("EmbedBatch") == 9
    assert execution.status == "SUCCEEDED"
