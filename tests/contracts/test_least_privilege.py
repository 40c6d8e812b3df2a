"""A function may do what its code can come to call, and that is all that it may do."""

from functools import cache
from pathlib import Path

import pytest

from tests.support.called import Program
from tests.support.lambdas import Function, all_functions, identifier
from tests.support.needed import idle, missing
from tests.support.templates import actions

FUNCTIONS = [pytest.param(one, id=identifier(one)) for one in all_functions()]
HEARD = "sqs:SendMessage"

WRITE = "one of dynamodb's writes"
# Reading sees methods by their names: these functions call another of that name, which is said.
ALIKE = {
    "models/list_models": {"dynamodb:GetItem": "dict.get"},
    "models/check_plan": {WRITE: "set.add"},
    "models/create_stack": {"cloudformation:DescribeStackEvents": "the watch's look"},
    "models/remove_stack": {"cloudformation:DescribeStackEvents": "the watch's look"},
    "prompts/list_prompt_templates": {WRITE: "set.add"},
    "repositories/clear_summary": {"s3:GetObject": "dict.get"},
    "repositories/create_repository": {"dynamodb:DeleteItem": "an index's remove"},
    "repositories/get_document": {"dynamodb:UpdateItem": "a document's property embedded"},
    "repositories/index_document": {"dynamodb:DeleteItem": "an index's remove"},
    "repositories/list_documents": {"dynamodb:UpdateItem": "a document's property embedded"},
    "repositories/list_jobs": {"dynamodb:UpdateItem": "a document's property embedded"},
    "repositories/on_document_workflow_ended": {"s3:GetObject": "dict.get"},
    "repositories/prepare_store": {"dynamodb:DeleteItem": "an index's remove"},
    "repositories/retrieve_passages": {WRITE: "set.add"},
    "repositories/search_repository": {WRITE: "set.add"},
    "repositories/update_repository": {
        "dynamodb:DeleteItem": "an index's remove",
        "rds-db:connect": "ValidationError.of",
        "secretsmanager:GetSecretValue": "ValidationError.of",
    },
    "sessions/add_messages": {"s3:PutObject": "the sessions' add"},
    "sessions/on_session_deleted": {"dynamodb:DeleteItem": "the pictures' remove"},
}


def operations(function: Function) -> frozenset[tuple[str, str]]:
    return _operations(function.folder, tuple(map(Path, function.python_path())))


@cache
def _operations(folder: Path, places: tuple[Path, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(Program.of(folder / "app.py", places).operations)


def granted(function: Function) -> set[str]:
    return {action for one in function.allowed() for action in actions(one)}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_all_that_it_calls(function: Function) -> None:
    not_granted = missing(operations(function), granted(function))
    assert not_granted == ALIKE.get(identifier(function), {}).keys()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_nothing_that_it_never_calls(function: Function) -> None:
    unused = idle(operations(function), granted(function))
    if "OnFailure" in str(function.properties.get("Events")):
        # Lambda tells the queue of what could not be delivered, by the function's role.
        unused -= {HEARD}
    assert unused == set()


def test_most_functions_call_something() -> None:
    calling = [one for one in all_functions() if operations(one)]
    assert len(calling) > 0.9 * len(all_functions())
