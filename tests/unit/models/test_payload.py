"""The model definition's rules: what is accepted, with which defaults, and what is refused."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from definition.hosting import AutoScalingConfig
from definition.payload import HOSTED as HOSTED_FIELDS
from tests.support.model_payloads import EXTERNAL, HOSTED, changed, parsed, refusal, without

BLOCK = ["containerConfig", "inferenceContainer", "instanceType", "autoScalingConfig"]
BLOCK += ["loadBalancerConfig"]


@pytest.mark.parametrize("payload", [HOSTED, EXTERNAL])
def test_the_documents_examples_are_read_as_they_are(payload: dict[str, Any]) -> None:
    document = parsed(payload).document()
    assert without(document, *(document.keys() - payload.keys())).keys() == payload.keys()
    assert document["modelName"] == payload["modelName"]
    assert parsed(payload).hosted is (payload is HOSTED)


def test_a_hosted_model_needs_little_more_than_its_parts() -> None:
    sparse = {"containerConfig": {"image": {"baseImage": "llamacpp"}}}
    sparse |= {"autoScalingConfig": {}, "loadBalancerConfig": {}}
    document = parsed(HOSTED | sparse).document()
    assert document["containerConfig"]["image"]["type"] == "asset"
    assert document["containerConfig"]["healthCheckConfig"]["command"] == ["CMD-SHELL", "exit 0"]
    assert document["autoScalingConfig"]["minCapacity"] == 1
    assert document["autoScalingConfig"]["metricConfig"]["targetValue"] == 30
    assert document["loadBalancerConfig"]["healthCheckConfig"]["path"] == "/health"


@pytest.mark.promise("models.hosted-or-not")
def test_an_external_model_has_no_servers() -> None:
    document = parsed(without(EXTERNAL, "streaming")).document()
    assert {document[name] for name in BLOCK} == {None}
    assert (document["streaming"], document["allowedGroups"]) == (False, [])


@pytest.mark.promise("models.hosted-or-not")
@pytest.mark.parametrize(
    "left_out", [part for size in range(1, 5) for part in combinations(BLOCK, size)]
)
def test_a_hosted_model_is_described_whole_or_not_at_all(left_out: tuple[str, ...]) -> None:
    told = refusal(without(HOSTED, *left_out))
    assert all(name in told.partition("missing: ")[2] for name in left_out)


def test_the_fields_of_a_hosted_model_are_those_five() -> None:
    assert len(HOSTED_FIELDS) == len(BLOCK)


@pytest.mark.promise("models.embeddings-do-not-stream")
@pytest.mark.parametrize("payload", [HOSTED, EXTERNAL])
def test_an_embedding_model_does_not_stream(payload: dict[str, Any]) -> None:
    assert "cannot stream" in refusal(payload | {"modelType": "embedding"})
    assert parsed(payload | {"modelType": "embedding", "streaming": False})


@pytest.mark.parametrize(
    "path",
    [
        "extra",
        "containerConfig.extra",
        "containerConfig.image.path",
        "autoScalingConfig.metricConfig.extra",
        "loadBalancerConfig.healthCheckConfig.extra",
    ],
)
def test_a_field_that_nobody_knows_is_refused(path: str) -> None:
    assert "Extra inputs are not permitted" in refusal(changed(HOSTED, path, "x"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("modelId", 7),
        ("modelId", None),
        ("modelName", ["a"]),
        ("modelType", "chat"),
        ("modelType", "TextGen"),
        ("streaming", "true"),
        ("streaming", 1),
        ("inferenceContainer", "ollama"),
        ("instanceType", "g5.huge"),
        ("instanceType", ""),
        ("containerConfig", []),
        ("containerConfig.sharedMemorySize", "2048"),
        ("containerConfig.sharedMemorySize", 1.5),
        ("containerConfig.sharedMemorySize", -1),
        ("containerConfig.environment", {"A": 1}),
        ("containerConfig.environment", {"A=B": "x"}),
        ("containerConfig.environment", {"": "x"}),
        ("containerConfig.environment", {f"V{n}": "" for n in range(101)}),
        ("containerConfig.image.baseImage", "vllm $(id)"),
        ("containerConfig.image.type", "zip"),
        ("containerConfig.healthCheckConfig.command", []),
        ("containerConfig.healthCheckConfig.command", ""),
        ("containerConfig.healthCheckConfig.command", {}),
        ("autoScalingConfig.minCapacity", True),
        ("autoScalingConfig.minCapacity", 10**30),
        ("autoScalingConfig.metricConfig.albMetricName", "CPUUtilization"),
        ("loadBalancerConfig.healthCheckConfig.path", "health"),
        ("loadBalancerConfig.healthCheckConfig.path", "/a?b=${c}"),
        ("allowedGroups", "readers"),
        ("allowedGroups", [""]),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(path: str, value: object) -> None:
    assert path in refusal(changed(HOSTED, path, value))


@pytest.mark.parametrize("model_id", ["m", "0", "mistral-vllm", "a..b", "A.b_c-D", "x" * 63])
def test_a_plain_id_is_accepted(model_id: str) -> None:
    assert parsed(EXTERNAL | {"modelId": model_id}).model_id == model_id


TRICKS = ["", " ", ".", "..", "../x", "a/b", "a\\b", "%2e%2e", "a%2fb", "x" * 64, "-a", "a-", "a."]
TRICKS += [
    "a b",
    "a\n",
    "a\0",
    "modèle",
    "模型",
    "a\u202eb",
    "\uff0e\uff0e",
    "*",
    "a?",
    "a#b",
    "a:b",
]


@pytest.mark.parametrize("model_id", TRICKS)
def test_an_id_that_means_something_elsewhere_is_refused(model_id: str) -> None:
    assert "modelId" in refusal(EXTERNAL | {"modelId": model_id})


@given(st.text())
def test_an_accepted_id_is_one_segment_of_every_path(model_id: str) -> None:
    try:
        accepted = parsed(EXTERNAL | {"modelId": model_id}).model_id
    except ValidationError:
        return
    assert accepted.isascii()
    assert not set(accepted) & set("/\\%?#:*$ \t\r\n")
    assert accepted[0] not in ".-_"


def test_a_health_check_ends_before_the_next_begins() -> None:
    told = refusal(changed(HOSTED, "loadBalancerConfig.healthCheckConfig.timeout", 60))
    assert "timeout must be shorter than interval" in told


NAMES = ["..", "../x", "org/../x", "org//x", "/org/x", "org/x/", "./x", "org/.", "*", "org/*"]
NAMES += ["org/m?", "${aws:username}", "", "org/x y", "org/x\n", "x" * 256]


@pytest.mark.promise("models.weights-by-name")
@pytest.mark.parametrize("name", NAMES)
def test_weights_lie_below_one_plain_prefix(name: str) -> None:
    assert "modelName" in refusal(HOSTED | {"modelName": name})


@pytest.mark.parametrize(
    "name", ["path/to/model/weights", "m", "org/Model_1.0-GGUF", "a..b/c", "azure/gpt-4o@2024"]
)
def test_a_plain_prefix_is_accepted(name: str) -> None:
    assert parsed(HOSTED | {"modelName": name}).model_name == name


@pytest.mark.promise("models.scaling-in-order")
@pytest.mark.parametrize(
    ("least", "desired", "most", "accepted"),
    [
        (1, None, 1, True),
        (1, 1, 1, True),
        (2, 3, 4, True),
        (2, None, 1, False),
        (2, 1, 4, False),
        (2, 5, 4, False),
        (0, None, 1, False),
        (1, 0, 1, False),
    ],
)
def test_capacity_is_in_order_and_above_nothing(
    least: int, desired: int | None, most: int, accepted: bool
) -> None:
    scaling = {"minCapacity": least, "maxCapacity": most, "desiredCapacity": desired}
    payload = HOSTED | {"autoScalingConfig": scaling}
    assert accepted or "autoScalingConfig" in refusal(payload)
    assert not accepted or parsed(payload).auto_scaling_config


@given(*[st.integers(0, 102)] * 3)
def test_an_accepted_capacity_is_always_in_order(least: int, desired: int, most: int) -> None:
    given = {"minCapacity": least, "desiredCapacity": desired, "maxCapacity": most}
    in_order = 1 <= least <= desired <= most <= 100
    try:
        AutoScalingConfig.model_validate(given)
    except ValidationError:
        assert not in_order
    else:
        assert in_order


@pytest.mark.parametrize(
    "url", ["http://host/v1", "https://models.test", "https://10.0.0.1:8443/a/", "http://[::1]/v1"]
)
def test_a_web_address_is_accepted(url: str) -> None:
    assert parsed(EXTERNAL | {"modelUrl": url}).model_url == url


URLS = ["", "host/v1", "//host/v1", "file:///etc/passwd", "ftp://host", "javascript:alert(1)"]
URLS += ["http://", "http:///v1", "http://ada:secret@host/v1", "http://ada@host", "http://[::1"]
URLS += ["http://host:port/v1", "http://host:99999/v1", "http://ho st/v1", "http://host/\r\nX: y"]
URLS += ["http://host/v1?key=a", "http://host/v1#a", "http://" + "h" * 2050]


@pytest.mark.parametrize("url", URLS)
def test_an_address_that_could_surprise_is_refused(url: str) -> None:
    assert refusal(EXTERNAL | {"modelUrl": url})


def test_a_hosted_model_gets_its_own_address() -> None:
    assert "gets its own address" in refusal(HOSTED | {"modelUrl": "http://host/v1"})
