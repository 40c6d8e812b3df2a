"""Models as the mission's documents define them, and rows made of them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from definition.payload import CreateModel
from models.model import Model

type Json = dict[str, Any]

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

HOSTED: Json = {
    "modelId": "mistral-vllm",
    "modelName": "mistralai/Mistral-7B-Instruct-v0.2",
    "modelType": "textgen",
    "inferenceContainer": "vllm",
    "instanceType": "g5.xlarge",
    "streaming": True,
    "containerConfig": {
        "image": {"baseImage": "vllm/vllm-openai:v0.5.0", "type": "asset"},
        "sharedMemorySize": 2048,
        "environment": {
            "MAX_CONCURRENT_REQUESTS": "128",
            "MAX_INPUT_LENGTH": "1024",
            "MAX_TOTAL_TOKENS": "2048",
        },
        "healthCheckConfig": {
            "command": ["CMD-SHELL", "exit 0"],
            "interval": 10,
            "startPeriod": 30,
            "timeout": 5,
            "retries": 3,
        },
    },
    "autoScalingConfig": {
        "minCapacity": 1,
        "maxCapacity": 1,
        "cooldown": 420,
        "defaultInstanceWarmup": 180,
        "metricConfig": {
            "albMetricName": "RequestCountPerTarget",
            "targetValue": 30,
            "duration": 60,
            "estimatedInstanceWarmup": 330,
        },
    },
    "loadBalancerConfig": {
        "healthCheckConfig": {
            "path": "/health",
            "interval": 60,
            "timeout": 30,
            "healthyThresholdCount": 2,
            "unhealthyThresholdCount": 10,
        }
    },
}
EXTERNAL: Json = {
    "modelId": "titan-express-v1",
    "modelName": "bedrock/amazon.titan-text-express-v1",
    "modelType": "textgen",
    "streaming": True,
}


def changed(payload: Json, path: str, value: object) -> Json:
    """A payload with one field set, by its path such as `containerConfig.image.type`."""
    copy: Json = json.loads(json.dumps(payload))
    *parents, name = path.split(".")
    part = copy
    for parent in parents:
        part = part[parent]
    part[name] = value
    return copy


def without(payload: Json, *names: str) -> Json:
    """A payload with fields left out."""
    return {name: value for name, value in payload.items() if name not in names}


def parsed(payload: Json) -> CreateModel:
    """Read a payload as the API does."""
    return CreateModel.model_validate_json(json.dumps(payload))


def hosted(model_id: str = "mistral-vllm", at: datetime = NOON) -> Model:
    """The row of a hosted model that has just been asked for."""
    return Model.requested(parsed(HOSTED | {"modelId": model_id}), at)


def external(model_id: str = "titan-express-v1", at: datetime = NOON, **fields: object) -> Model:
    """The row of an external model that has just been asked for."""
    return Model.requested(parsed(EXTERNAL | {"modelId": model_id} | fields), at)


def refusal(payload: object) -> str:
    """Why a payload is refused, in the API's words."""
    with pytest.raises(ValidationError) as refused:
        CreateModel.model_validate_json(json.dumps(payload))
    return str(refused.value)
