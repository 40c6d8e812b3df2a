"""What the API offers has its place in the web application, or here a reason why it has none.

That each field of a form is sent where it belongs, the forms' own tests say (`fieldsOfBody`).
"""

from collections.abc import Iterator

import pytest

from tests.api_document.generate import document
from tests.support.console import body_fields, calls, words
from tests.support.templates import Json

NOT_CALLED = {
    "renameSession": "LISA's own way; updateSession names one, too",
    "getToken": "the list has all of each token",
    "getPromptTemplate": "the list has all of each template",
    "getRepositoryStatus": "the list of repositories has the status of each",
    "listAllCollections": "each repository lists its own, beside what can be done there",
}
NOT_SAID = {
    "searchRepository": {"lexicalWeight": "it is what vectorWeight leaves"},
    "ingestDocuments": {
        "chunkSize": "refused: chunkingStrategy says it",
        "chunkOverlap": "refused: chunkingStrategy says it",
    },
}
# People write any of them as lines of `name=value`; the API says which there are.
WRITTEN_FREELY = set(document()["components"]["schemas"]["ProviderParameters-Input"]["properties"])


def operations() -> Iterator[tuple[str, str, Json]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                yield method, path, operation


OPERATIONS = [pytest.param(*one, id=one[2]["operationId"]) for one in operations()]


def test_the_application_calls_nothing_that_is_not_there() -> None:
    assert calls() <= {(method, path) for method, path, _ in operations()}


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_an_operation_is_called_or_needs_no_place(method: str, path: str, operation: Json) -> None:
    called = (method, path) in calls()
    assert called != (operation["operationId"] in NOT_CALLED)


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_what_an_operation_takes_can_be_said(method: str, path: str, operation: Json) -> None:
    asked = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
    taken = asked | (body_fields(document(), operation) - WRITTEN_FREELY)
    missing = {one for one in taken if one not in words()}
    assert missing == set(NOT_SAID.get(operation["operationId"], {})), f"{method} {path}"
