"""An empty account: all of the product and each part of it is installed, answers, and goes."""

import pytest
from botocore.exceptions import ClientError

from tests.emulator.installation import Installation, belongings, install, remove
from tests.emulator.running import Emulator, eventually
from tests.support.routes import files, mocks, routes
from tests.support.templates import paths, template

ALL = "models,serve,rag,chat,ui"
# What is asked of a part.
OF_PART = {"models": "/models", "serve": "/usage", "rag": "/repository", "chat": "/session"}
CONDITIONS = {
    "HasModels": "models", "HasServe": "serve", "HasRag": "rag", "HasChat": "chat", "HasUi": "ui",
}  # fmt: skip
EXTERNAL = {"modelId": "far", "modelName": "openai/gpt", "modelType": "textgen", "streaming": True}
SECONDS = 60.0


@pytest.mark.promise(
    "chat.optional", "deployment.gateway-without-gpu", "deployment.parts", "deployment.serve-alone"
)
@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("all-parts", ALL),
        ("only-models", "models"),
        ("only-serve", "models,serve"),
        ("only-rag", "models,serve,rag"),
        ("only-chat", "chat"),
        ("only-pages", "ui"),
    ],
)
def test_parts_are_installed_answer_and_leave_no_more_than_what_is_kept(
    account: Emulator, built: str, name: str, parts: str
) -> None:
    installed = install(account, built, name, parts)
    has = parts.split(",")

    assert installed.routes() == {
        one.path
        for one in (*routes(), *files(), *mocks())
        if CONDITIONS.get(one.condition, has[0]) in has
    }
    answers(installed, has)
    remove(account, name)
    left = belongings(account, name)
    # Lines that a function sends as its last make their group anew.
    assert {kind for kind, _ in left} <= kept() | {"log group"}, left


def answers(installed: Installation, has: list[str]) -> None:
    """Something of every part that is there answers, and of the others nothing."""
    token = installed.administrator()
    for part, path in OF_PART.items():
        status, answer = installed.ask(path, token)
        assert status == (200 if part in has else 404), answer
        if part not in has:
            assert f"has the parts {', '.join(has)};" in answer["message"]
    assert ("ServeUrl" in installed.outputs) == ("serve" in has)
    assert ("SiteBucketName" in installed.outputs) == ("ui" in has)
    if has == ["models"]:
        lives(installed, token)


def lives(installed: Installation, token: str) -> None:
    """A model of others comes into service, by the workflow, without a gateway."""
    assert installed.ask("/models", token, EXTERNAL)[0] == 200

    def in_service() -> bool:
        model = installed.ask("/models/far", token)[1]["model"]
        return bool(model["status"] == "InService")

    eventually(in_service, SECONDS)


def kept() -> set[str]:
    """What the templates keep when their stack goes: weights, documents, what people made."""
    kinds = {"AWS::S3::Bucket": "bucket", "AWS::DynamoDB::Table": "table"}
    return {
        kinds[one["Type"]]
        for path in paths()
        for one in template(path)["Resources"].values()
        if one.get("DeletionPolicy") == "Retain" and one["Type"] in kinds
    }


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ("serve", "serve needs models"),
        ("models,rag,ui", "rag needs serve"),
        ("models,shop", "Parts"),
    ],
)
def test_what_has_nothing_to_stand_on_is_refused_before_anything_is_made(
    account: Emulator, built: str, parts: str, told: str
) -> None:
    with pytest.raises(ClientError, match=told):
        install(account, built, "refused", parts)
    assert belongings(account, "refused") == set()
