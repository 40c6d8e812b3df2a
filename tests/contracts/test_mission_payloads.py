"""What LISA v3's documents show is what this API takes and answers, field by field."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from definition.payload import CreateModel
from definition.request import ModelRequest
from definition.update import UpdateModel
from models.changing import changed
from models.model import Model, Status
from tests.support.sources import ROOT

AT = datetime(2026, 1, 15, tzinfo=UTC)
HTTP = ROOT / "events/http"
ANSWERS = json.loads((HTTP / "list_models.json").read_text("utf-8"))["models"]
SHOWN = [
    pytest.param("create_hosted_model", ANSWERS[0], id="hosted"),
    pytest.param("create_external_model", ANSWERS[1], id="external"),
]


def created(name: str) -> Model:
    payload = (HTTP / f"{name}.json").read_text("utf-8")
    return Model.requested(CreateModel.model_validate_json(payload), AT)


def missing(shown: Any, ours: Any, where: str = "") -> list[str]:
    """Where a documented answer says something that ours does not say."""
    if isinstance(shown, dict) and isinstance(ours, dict):
        return [
            one
            for name, part in shown.items()
            for one in missing(part, ours.get(name, "nothing"), f"{where}.{name}")
        ]
    return [] if shown == ours else [where]


@pytest.mark.promise("models.base-image", "models.create-hosted")
@pytest.mark.parametrize(
    ("name", "hosted"), [("create_hosted_model", True), ("create_external_model", False)]
)
def test_a_documented_payload_is_accepted(name: str, hosted: bool) -> None:
    assert created(name).config.hosted is hosted


@pytest.mark.promise("models.list")
@pytest.mark.parametrize(("name", "shown"), SHOWN)
def test_a_model_is_shown_as_documented(name: str, shown: dict[str, Any]) -> None:
    model = created(name)
    fares = model if shown["status"] == "Creating" else model.serving(None, AT)
    assert missing(shown, fares.view()) == []


@pytest.mark.promise("models.update-metadata", "models.update-scaling")
@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("update_model_metadata", Status.IN_SERVICE),
        ("update_model_scaling", Status.UPDATING),
        ("stop_model", Status.STOPPING),
    ],
)
def test_a_documented_update_is_accepted(name: str, becomes: Status) -> None:
    serving = created("create_hosted_model").serving("http://m/v1", AT)
    assert changed(serving, update(name), AT).status is becomes


def test_a_documented_model_with_a_key_is_accepted_whole() -> None:
    payload = json.loads((HTTP / "create_model_with_key.json").read_text("utf-8"))
    asked = ModelRequest.model_validate_json(json.dumps(payload))
    key = payload.pop("apiKey")
    assert asked.key is not None
    assert asked.key.get_secret_value() == key
    assert missing(payload, asked.definition.document()) == []


def test_a_documented_key_is_accepted() -> None:
    assert changed(
        created("create_external_model").serving(None, AT), update("update_model_key"), AT
    )


@pytest.mark.promise("models.start")
def test_a_documented_start_is_accepted() -> None:
    stopped = created("create_hosted_model").stopped(AT)
    assert changed(stopped, update("start_model"), AT).status is Status.STARTING


def update(name: str) -> UpdateModel:
    return UpdateModel.model_validate_json((HTTP / f"{name}.json").read_text("utf-8"))


def test_a_difference_to_the_documents_is_found() -> None:
    assert missing({"a": {"b": 1}}, {"a": {"c": 1}}) == [".a.b"]
