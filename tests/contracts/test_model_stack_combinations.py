"""Every combination of what a model and its deployment may be gives a stack that AWS accepts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from model_stack import Capacity, Metric, ModelStackSpec
from tests.support.cloudformation import accepts, findings_with
from tests.support.model_stacks import DEPLOYMENT, MISTRAL
from tests.support.resolved_stacks import NESTED, Nested, nested_stacks

GPUS = (0, 1, 4, 8)
IMAGES = (
    ("vllm/vllm-openai:v0.5.0", "asset"),
    ("quay.io/org/image@sha256:0", "registry"),
    ("llamacpp:1", "ecr"),
    ("111122223333.dkr.ecr.xx-test-2.aws.test/team/vllm:1", "ecr"),
)
METRICS = ("RequestCountPerTarget", "TargetResponseTime")
CAPACITIES = (Capacity(1, 1), Capacity(2, 8, 3))
KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"
# Every value of every question is in one of these.
SAMPLE = (
    (0, IMAGES[0], METRICS[0], CAPACITIES[0], True, "", "", False, 0),
    (1, IMAGES[1], METRICS[1], CAPACITIES[1], False, TOPIC, KEY, True, 2048),
    (4, IMAGES[2], METRICS[0], CAPACITIES[1], True, TOPIC, "", True, 0),
    (8, IMAGES[3], METRICS[1], CAPACITIES[0], False, "", KEY, False, 2048),
)
# What only AWS knows, in the form in which it says it.
ANSWERS = {
    "Ami": "ami-0123456789abcdef0",
    "ImagePullPolicy": "arn:aws:iam::123456789012:policy/lisa-test/models/image",
    "ClusterName": "lisa-test-mistral-vllm",
    "CapacityProvider": "lisa-test-mistral-vllm",
    "AutoScalingGroupName": "lisa-test-mistral-vllm",
    "ServiceName": "lisa-test-mistral-vllm",
    "LoadBalancerFullName": "app/lisa-test/0123456789abcdef",
    "TargetGroupFullName": "targetgroup/lisa-test/0123456789abcdef",
}


def combined(*values: Any) -> ModelStackSpec:
    gpus, (image, image_type), metric, capacity, serving, topic, key, public, memory = values
    place = replace(
        DEPLOYMENT,
        alarm_topic_arn=topic,
        weights_key_arn=key,
        volume_key_arn=key,
        public_addresses=public,
    )
    return replace(
        MISTRAL,
        gpu_count=gpus,
        image=image,
        image_type=image_type,
        metric=Metric(name=metric),
        capacity=capacity,
        serving=serving,
        shared_memory_mib=memory,
        deployment=place,
    )


def combinations(gpus: int) -> Iterator[ModelStackSpec]:
    yes = (True, False)
    others = (CAPACITIES, yes, ("", TOPIC), ("", KEY), yes, (0, 2048))
    for values in product(IMAGES, METRICS, *others):
        yield combined(gpus, *values)


def refused(nested: Nested) -> list[str]:
    declared = nested.reading.template["Parameters"]
    given = nested.reading.parameters
    assert given.keys() == declared.keys()
    return [name for name in declared if not accepts(declared[name], given[name])]


def dangling(nested: Nested) -> set[str]:
    """Resources that are named and, under these conditions, not there."""
    there = nested.reading.resources()
    named = set(re.findall(r"<(\w+)", str(there)))
    return {one for one in nested.reading.template["Resources"] if one in named} - there.keys()


@pytest.mark.parametrize("gpus", GPUS)
def test_every_combination_is_accepted_by_every_nested_stack(gpus: int) -> None:
    stacks = [nested for spec in combinations(gpus) for nested in nested_stacks(spec)]
    assert len(stacks) == 512 * len(NESTED)
    assert [nested.name for nested in stacks if refused(nested)] == []
    assert [nested.name for nested in stacks if dangling(nested)] == []


@pytest.mark.parametrize("values", SAMPLE)
def test_what_is_rendered_passes_cfn_lint_with_its_own_values(values: tuple[Any, ...]) -> None:
    for nested in nested_stacks(combined(*values)):
        given = nested.reading.parameters
        of_aws = {name: answer for name, answer in ANSWERS.items() if name in given}
        subnets = {"Subnets": given["Subnets"].split(",")} if "Subnets" in given else {}
        assert findings_with(nested.text, {**given, **of_aws, **subnets}) == [], nested.name
