"""Create, call, update, stop, start, call, delete: a text model and an embedding model."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openai
import pytest

from tests.e2e.client import HOSTED, Admin, ask, eventually, listed, serve
from tests.e2e.test_main_job import leftovers

type Product = dict[str, Any]

EMBEDDING = {"modelName": "demo/minilm-l6-v2", "modelType": "embedding", "streaming": False}


def chats(product: Product, model_id: str) -> None:
    reply = ask(serve(product), model_id, "What does os.path.join do?", max_tokens=8)
    assert reply.choices[0].message.content


def embeds(product: Product, model_id: str) -> None:
    reply = serve(product).embeddings.create(model=model_id, input="Hello")
    assert len(reply.data[0].embedding) == 384


KINDS: dict[str, tuple[dict[str, Any], Callable[[Product, str], None]]] = {
    "textgen": (HOSTED, chats),
    "embedding": (HOSTED | EMBEDDING, embeds),
}


class Life:
    """One model, as an administrator and its callers meet it."""

    def __init__(self, product: Product, kind: str) -> None:
        self.product, self.id = product, f"e2e-life-{kind}"
        self.definition, self._call = KINDS[kind]
        self.admin = Admin(product)

    def put(self, body: dict[str, Any], status: str, ends: str) -> dict[str, Any]:
        answered, answer = self.admin.call("PUT", f"/models/{self.id}", body)
        assert (answered, answer["model"]["status"]) == (200, status), answer
        model = self.admin.settled(self.id)
        assert (model["status"], model["failureReason"]) == (ends, None)
        return model

    def answers(self) -> None:
        eventually(lambda: self.id in listed(self.product) or None, within=2)
        self._call(self.product, self.id)

    def cannot_be_called(self, why: type[openai.APIStatusError]) -> None:
        eventually(lambda: self.id not in listed(self.product) or None, within=2)
        with pytest.raises(why):
            self._call(self.product, self.id)


@pytest.mark.promise("hosting.own-models")
@pytest.mark.parametrize("kind", KINDS)
def test_a_model_is_created_updated_stopped_started_and_deleted(
    product: Product, kind: str
) -> None:
    life = Life(product, kind)
    life.admin.create(life.id, **life.definition)
    assert life.admin.settled(life.id)["status"] == "InService"
    life.answers()

    tuned = {"containerConfig": {"environment": {"CONTEXT_LENGTH": "256"}}}
    assert life.put(tuned, "Updating", "InService")["contextWindow"] == 256
    life.answers()
    life.put({"enabled": False}, "Stopping", "Stopped")
    life.cannot_be_called(openai.InternalServerError)
    life.put({"autoScalingInstanceConfig": {"maxCapacity": 2}}, "Stopped", "Stopped")
    started = life.put({"enabled": True}, "Starting", "InService")
    assert started["autoScalingConfig"]["maxCapacity"] == 2
    life.answers()

    life.admin.remove(life.id)
    life.cannot_be_called(openai.NotFoundError)
    assert leftovers(product, life.id) == []


def test_an_update_that_kills_the_server_is_taken_back(product: Product) -> None:
    life = Life(product, "textgen")
    life.admin.create(life.id, **life.definition)
    assert life.admin.settled(life.id)["status"] == "InService"

    body = {"containerConfig": {"environment": {"THREADS": "many"}}}
    assert life.admin.call("PUT", f"/models/{life.id}", body)[0] == 200
    model = life.admin.settled(life.id)

    assert model["status"] == "InService"
    assert (model["failureReason"]["code"], "THREADS" in str(model["failureReason"])) == (
        "BadConfig",
        True,
    )
    assert "THREADS" not in model["containerConfig"]["environment"]
    life.answers()
    life.admin.remove(life.id)


def test_a_start_that_fails_leaves_the_model_stopped_and_can_be_mended(product: Product) -> None:
    admin, path = Admin(product), "/models/e2e-mended"
    admin.create("e2e-mended", **HOSTED)
    assert admin.settled("e2e-mended")["status"] == "InService"
    admin.call("PUT", path, {"enabled": False})
    assert admin.settled("e2e-mended")["status"] == "Stopped"

    admin.call("PUT", path, {"containerConfig": {"environment": {"THREADS": "many"}}})
    admin.call("PUT", path, {"enabled": True})
    failed = admin.settled("e2e-mended")
    assert (failed["status"], failed["failureReason"]["code"]) == ("Stopped", "BadConfig")

    removed = {"containerConfig": {"environment": {"THREADS": "LISA_MARKED_FOR_DELETION"}}}
    admin.call("PUT", path, removed)
    admin.call("PUT", path, {"enabled": True})
    assert admin.settled("e2e-mended")["status"] == "InService"
    admin.remove("e2e-mended")
    assert leftovers(product, "e2e-mended") == []


def test_of_many_requests_at_once_one_makes_the_change(product: Product) -> None:
    admin = Admin(product)
    admin.create("e2e-crowd", **HOSTED)
    assert admin.settled("e2e-crowd")["status"] == "InService"

    def stop(_: int) -> int:
        return admin.call("PUT", "/models/e2e-crowd", {"enabled": False})[0]

    with ThreadPoolExecutor(6) as crowd:
        statuses = list(crowd.map(stop, range(6)))

    # Who comes while the model stops meets a conflict, who comes later a model that is stopped.
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 400, 409}
    assert [m["status"] for m in admin.settled("e2e-crowd")["timeline"]].count("Stopping") == 1
    admin.remove("e2e-crowd")
    assert leftovers(product, "e2e-crowd") == []


def test_a_stopped_model_can_be_deleted(product: Product) -> None:
    admin = Admin(product)
    admin.create("e2e-idle", **HOSTED)
    assert admin.settled("e2e-idle")["status"] == "InService"
    admin.call("PUT", "/models/e2e-idle", {"enabled": False})
    assert admin.settled("e2e-idle")["status"] == "Stopped"
    admin.remove("e2e-idle")
    assert leftovers(product, "e2e-idle") == []


def test_a_model_can_be_deleted_in_the_middle_of_a_change(product: Product) -> None:
    admin = Admin(product)
    admin.create("e2e-fickle", **HOSTED)
    assert admin.settled("e2e-fickle")["status"] == "InService"
    body = {"containerConfig": {"environment": {"CONTEXT_LENGTH": "512"}}}
    assert admin.call("PUT", "/models/e2e-fickle", body)[0] == 200
    admin.remove("e2e-fickle")
    assert leftovers(product, "e2e-fickle") == []


def test_a_plan_says_what_a_model_needs_and_whether_it_starts(product: Product) -> None:
    admin = Admin(product)
    status, answer = admin.call("POST", "/models/plan", {"modelId": "e2e-plan", **HOSTED})
    assert status == 200
    plan = answer["plan"]
    assert (plan["starts"], plan["reason"]) == (True, None)
    assert plan["weights"]["bytes"] > 1_000_000
    assert plan["price"]["perHour"] > 0

    impossible = HOSTED | {"modelName": "demo/nothing-here"}
    _, answer = admin.call("POST", "/models/plan", {"modelId": "e2e-plan", **impossible})
    assert answer["plan"]["starts"] is False
    assert answer["plan"]["reason"]["code"] == "WeightsMissing"
    assert answer["plan"]["reason"]["fix"]
    assert admin.call("GET", "/models/e2e-plan")[0] == 404
