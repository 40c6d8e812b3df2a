"""The body of PUT /models/{modelId}: what it may say, and the definition that comes of it."""

import json
from typing import Any

import pytest
from pydantic import ValidationError as Unreadable

from definition.payload import CreateModel
from definition.update import UpdateModel
from kernel.faults import ValidationError
from tests.support.model_payloads import EXTERNAL, HOSTED, changed, parsed

type Json = dict[str, Any]

EMBEDDING = EXTERNAL | {"modelType": "embedding", "streaming": False}


def read(body: Json) -> UpdateModel:
    return UpdateModel.model_validate_json(json.dumps(body))


def applied(body: Json, payload: Json = HOSTED) -> CreateModel:
    return read(body).applied_to(parsed(payload))


def scaled(**scaling: int) -> Json:
    return changed(HOSTED, "autoScalingConfig", HOSTED["autoScalingConfig"] | scaling)


@pytest.mark.promise("models.one-intent")
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "at least one field"),
        ({"enabled": None}, "at least one field"),
        ({"autoScalingInstanceConfig": {}}, "at least one field"),
        ({"containerConfig": {}}, "at least one field"),
        ({"enabled": True, "autoScalingInstanceConfig": {"minCapacity": 1}}, "exclude each other"),
        ({"modelType": "embedding", "streaming": True}, "cannot stream"),
        ({"autoScalingInstanceConfig": {"minCapacity": 0}}, "greater than or equal to 1"),
        ({"autoScalingInstanceConfig": {"maxCapacity": 0}}, "greater than or equal to 1"),
        ({"autoScalingInstanceConfig": {"desiredCapacity": 0}}, "greater than or equal to 1"),
        ({"autoScalingInstanceConfig": {"cooldown": 0}}, "greater than or equal to 1"),
        ({"enabled": "yes"}, "valid boolean"),
        ({"instanceType": "g5.xlarge"}, "Extra inputs"),
        ({"modelName": "another/model"}, "Extra inputs"),
        ({"containerConfig": {"environment": {"a b": "c"}}}, "should match pattern"),
    ],
)
def test_what_cannot_be_meant_is_refused(body: Json, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(body)


@pytest.mark.promise("models.metadata-with-others", "models.update-scaling")
def test_what_is_left_out_stays() -> None:
    merged = applied({"autoScalingInstanceConfig": {"maxCapacity": 4}})
    assert merged == parsed(scaled(maxCapacity=4))
    assert applied({"modelDescription": "Ours."}) == parsed(HOSTED | {"modelDescription": "Ours."})


@pytest.mark.promise("models.desired-follows")
@pytest.mark.parametrize(
    ("stored", "asked", "desired"),
    [
        ({"maxCapacity": 4, "desiredCapacity": 1}, {"minCapacity": 2}, 2),
        ({"maxCapacity": 4, "desiredCapacity": 4}, {"maxCapacity": 3}, 3),
        ({"maxCapacity": 4, "desiredCapacity": 3}, {"minCapacity": 2}, 3),
        ({"maxCapacity": 4}, {"minCapacity": 2}, None),
        ({"maxCapacity": 4}, {"desiredCapacity": 4}, 4),
    ],
)
def test_a_desired_number_follows_the_limits_unless_it_is_given(
    stored: dict[str, int], asked: dict[str, int], desired: int | None
) -> None:
    scaling = applied({"autoScalingInstanceConfig": asked}, scaled(**stored)).auto_scaling_config
    assert scaling is not None
    assert scaling.desired_capacity == desired


@pytest.mark.promise("models.scaling-in-order")
@pytest.mark.parametrize(
    "asked",
    [
        {"minCapacity": 2},
        {"desiredCapacity": 2},
        {"minCapacity": 1, "maxCapacity": 3, "desiredCapacity": 4},
    ],
)
def test_numbers_that_do_not_fit_together_are_refused(asked: dict[str, int]) -> None:
    with pytest.raises(ValidationError) as refused:
        applied({"autoScalingInstanceConfig": asked})
    assert refused.value.details[0]["field"] == "autoScalingConfig"
    assert "minCapacity <= desiredCapacity" in refused.value.details[0]["message"]


def test_a_model_that_becomes_an_embedding_model_no_longer_streams() -> None:
    merged = applied({"modelType": "embedding"})
    assert (merged.model_type, merged.streaming) == ("embedding", False)


@pytest.mark.promise("models.embeddings-do-not-stream")
def test_an_embedding_model_cannot_be_made_to_stream() -> None:
    with pytest.raises(ValidationError) as refused:
        applied({"streaming": True}, EMBEDDING)
    assert "cannot stream" in refused.value.details[0]["message"]


def test_variables_are_merged_and_can_be_taken_out() -> None:
    change = {"MAX_TOTAL_TOKENS": "4096", "MAX_INPUT_LENGTH": "LISA_MARKED_FOR_DELETION", "A": "b"}
    merged = applied({"containerConfig": {"environment": change}}).container_config
    assert merged is not None
    assert merged.environment == {
        "MAX_CONCURRENT_REQUESTS": "128",
        "MAX_TOTAL_TOKENS": "4096",
        "A": "b",
    }


def test_every_part_of_the_health_check_and_the_memory_can_be_changed() -> None:
    change = {
        "sharedMemorySize": 64,
        "healthCheckCommand": "true",
        "healthCheckInterval": 11,
        "healthCheckTimeout": 6,
        "healthCheckStartPeriod": 31,
        "healthCheckRetries": 4,
    }
    container = applied({"containerConfig": change}).container_config
    assert container is not None
    assert container.shared_memory_size == 64
    check = container.health_check_config.model_dump()
    assert tuple(check.values()) == ("true", 11, 31, 6, 4)


@pytest.mark.parametrize(
    ("container", "field"),
    [
        ({"healthCheckTimeout": 1}, "containerConfig.healthCheckConfig.timeout"),
        ({"healthCheckCommand": ["true"]}, "containerConfig.healthCheckConfig"),
        ({"environment": {"MODEL_ID": "another"}}, "containerConfig"),
    ],
)
def test_a_changed_container_keeps_the_rules_of_a_new_one(container: Json, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        applied({"containerConfig": container})
    assert refused.value.details[0]["field"] == field


def test_groups_features_and_description_can_be_emptied() -> None:
    stored = EXTERNAL | {"allowedGroups": ["a"], "features": [{"name": "reasoning"}]}
    merged = applied({"allowedGroups": [], "features": [], "modelDescription": ""}, stored)
    assert (merged.allowed_groups, merged.features, merged.model_description) == ([], [], "")
