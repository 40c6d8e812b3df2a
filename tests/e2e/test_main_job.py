"""The main job: an administrator creates a model, a person calls it, and it is removed again."""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import openai
import psutil
import pytest

from tests.e2e.client import HOSTED, Admin, ask, aws, eventually, listed, serve

QUESTION = "What does os.path.join do?"
ANSWER = "Join two or more pathname components"


@pytest.fixture(scope="module")
def token(product: dict[str, Any]) -> str:
    """A token put into the table with the documented command."""
    value = f"by-hand-{secrets.token_hex(8)}"
    aws(product, "dynamodb").put_item(
        TableName=product["token_table"], Item={"token": {"S": value}}
    )
    return value


@pytest.fixture(scope="module")
def model(product: dict[str, Any]) -> Iterator[str]:
    """A hosted model that the test asked for and removes again."""
    Admin(product).create("e2e-hosted", **HOSTED)
    settled = Admin(product).settled("e2e-hosted")
    assert settled["status"] == "InService", settled["failureReason"]
    eventually(lambda: "e2e-hosted" in listed(product) or None, within=2)
    yield "e2e-hosted"
    Admin(product).remove("e2e-hosted")


@pytest.mark.promise("serve.models-list", "serve.single-place")
def test_a_model_in_service_is_listed(product: dict[str, Any], token: str, model: str) -> None:
    assert model in listed(product, token)
    assert serve(product, token).models.retrieve(model).object == "model"


@pytest.mark.promise("local.whole-product")
def test_a_chat_is_answered(product: dict[str, Any], token: str, model: str) -> None:
    reply = ask(serve(product, token), model, QUESTION, max_tokens=60)

    assert ANSWER in reply.choices[0].message.content
    assert reply.usage.completion_tokens > 5


@pytest.mark.promise("serve.streams")
def test_a_chat_is_streamed_token_by_token(product: dict[str, Any], token: str, model: str) -> None:
    chunks = list(ask(serve(product, token), model, QUESTION, max_tokens=60, stream=True))

    words = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert ANSWER in "".join(words)
    assert len(words) > 10


def test_a_completion_is_answered(product: dict[str, Any], token: str, model: str) -> None:
    reply = serve(product, token).completions.create(model=model, prompt="Hello", max_tokens=8)

    assert reply.choices[0].text


def test_embeddings_are_vectors_of_length_one(product: dict[str, Any], token: str) -> None:
    reply = serve(product, token).embeddings.create(model="minilm-l6-v2", input=["a", "b"])

    vectors = [entry.embedding for entry in reply.data]
    assert [len(vector) for vector in vectors] == [384, 384]
    assert sum(x * x for x in vectors[0]) == pytest.approx(1, abs=1e-3)


@pytest.mark.promise("tokens.sign-in-instead")
def test_a_signed_in_person_needs_no_token(product: dict[str, Any], model: str) -> None:
    assert model in listed(product, product["user"]["id_token"])


def test_a_removed_model_is_gone_everywhere(product: dict[str, Any], token: str) -> None:
    admin, client = Admin(product), serve(product, token)
    admin.create("e2e-removed", **HOSTED)
    assert admin.settled("e2e-removed")["status"] == "InService"
    assert servers("e2e-removed")
    # What it costs is told apart by these on a bill: the model's own, and the installation's.
    assert tags(product, "e2e-removed") == {"lisa:model": "e2e-removed"} | tags(product, "-local")
    eventually(lambda: "e2e-removed" in listed(product) or None, within=2)

    admin.remove("e2e-removed")

    eventually(lambda: "e2e-removed" not in listed(product) or None, within=2)
    with pytest.raises(openai.NotFoundError):
        ask(client, "e2e-removed", "Hello")
    assert leftovers(product, "e2e-removed") == []
    eventually(lambda: not servers("e2e-removed") or None, within=15)


def servers(model_id: str) -> list[int]:
    """The processes on this machine that serve a model."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("MODEL_ID") == model_id:
                found.append(process.pid)
    return found


def tags(product: dict[str, Any], ending: str) -> dict[str, str]:
    """The tags of the stack whose name ends so."""
    stacks = aws(product, "cloudformation").describe_stacks()["Stacks"]
    [found] = [stack["Tags"] for stack in stacks if stack["StackName"].endswith(ending)]
    return {tag["Key"]: tag["Value"] for tag in found}


def leftovers(product: dict[str, Any], model_id: str) -> list[str]:
    """What still bears the model's name: stacks, clusters, balancers, target groups."""
    stacks = aws(product, "cloudformation").describe_stacks()["Stacks"]
    balancers = aws(product, "elbv2").describe_load_balancers()["LoadBalancers"]
    groups = aws(product, "elbv2").describe_target_groups()["TargetGroups"]
    names = [stack["StackName"] for stack in stacks if stack["StackStatus"] != "DELETE_COMPLETE"]
    names += aws(product, "ecs").list_clusters()["clusterArns"]
    names += [balancer["LoadBalancerName"] for balancer in balancers]
    names += [group["TargetGroupName"] for group in groups]
    return [name for name in names if model_id in name]


def test_a_revoked_token_is_refused_within_a_second_or_two(product: dict[str, Any]) -> None:
    table, value = aws(product, "dynamodb"), f"revoked-{secrets.token_hex(8)}"
    key = {"token": {"S": value}}
    table.put_item(TableName=product["token_table"], Item=key)
    assert serve(product, value).models.list()

    table.update_item(
        TableName=product["token_table"],
        Key=key,
        UpdateExpression="SET tokenExpiration=:t",
        ExpressionAttributeValues={":t": {"N": "1"}},
    )

    eventually(lambda: refused(product, value), within=10)
    table.delete_item(TableName=product["token_table"], Key=key)
    assert refused(product, value)


def refused(product: dict[str, Any], token: str) -> bool | None:
    try:
        serve(product, token).models.list()
    except openai.AuthenticationError:
        return True
    return None
