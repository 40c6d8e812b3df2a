"""Bad input gets an answer that a person can use, and changes nothing."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.e2e.client import HOSTED, Admin

EXTERNAL = {"modelId": "e2e-bad", "modelName": "bedrock/x", "modelType": "textgen"}
HALF = {**EXTERNAL, "instanceType": "m5.large", "inferenceContainer": "llamacpp"}
BODIES: dict[str, tuple[object, int, str]] = {
    "not JSON": (b"{not json", 400, "InvalidInputError"),
    "not an object": (b"[1, 2]", 400, "InvalidInputError"),
    "a megabyte of rubbish": (b"\x00\xffrubbish" * 130_000, 400, "InvalidInputError"),
    "an unknown field": ({**EXTERNAL, "isAdmin": True}, 422, "ValidationError"),
    "a wrong type": ({**EXTERNAL, "streaming": "yes"}, 422, "ValidationError"),
    "half of the hosted block": (HALF, 422, "ValidationError"),
    "a missing field": ({"modelId": "e2e-bad"}, 422, "ValidationError"),
    "a unicode id": ({**EXTERNAL, "modelId": "modèle-☃"}, 422, "ValidationError"),
    "a path in the id": ({**EXTERNAL, "modelId": "../../etc"}, 422, "ValidationError"),
    "a path in the weights": (
        {**HOSTED, "modelId": "e2e-bad", "modelName": "../secrets"},
        422,
        "ValidationError",
    ),
}
IDS = ["..", "../models", "%2e%2e%2f", "modèle-☃", "a b", "x" * 300, "'; drop table", "<script>"]


def ids(product: dict[str, Any]) -> list[str]:
    return [model["modelId"] for model in Admin(product).call("GET", "/models")[1]["models"]]


@pytest.mark.parametrize("what", BODIES)
def test_a_bad_body_is_refused_and_changes_nothing(product: dict[str, Any], what: str) -> None:
    body, status, error = BODIES[what]
    before = ids(product)

    answered, answer = Admin(product).call("POST", "/models", body)

    assert (answered, answer["error"]) == (status, error)
    assert answer["message"].endswith(".")
    assert ids(product) == before


@pytest.mark.promise("errors.model-exists")
def test_a_duplicate_is_refused_in_the_documented_words(product: dict[str, Any]) -> None:
    body = {**EXTERNAL, "modelId": "tiny-chat"}

    assert Admin(product).call("POST", "/models", body) == (
        400,
        {
            "error": "ModelAlreadyExistsError",
            "message": "A model with the given configuration already exists.",
        },
    )


@pytest.mark.parametrize("model_id", IDS)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_strange_id_is_no_model(product: dict[str, Any], method: str, model_id: str) -> None:
    status, answer = Admin(product).call(method, f"/models/{quote(model_id, safe='')}")

    assert status == 404, answer
    assert answer["error"] in ("ModelNotFoundError", "RouteNotFoundError")


@pytest.mark.promise("models.admins-only")
@pytest.mark.parametrize(("who", "status"), [("", 401), ("rubbish", 401), ("user", 403)])
@pytest.mark.parametrize("path", ["/models", "/models/tiny-chat"])
def test_only_administrators_get_in(
    product: dict[str, Any], who: str, status: int, path: str
) -> None:
    credential = product["user"]["id_token"] if who == "user" else who

    answered, answer = Admin(product, credential).call("GET", path)

    assert answered == status
    assert set(answer) == {"error", "message"}
