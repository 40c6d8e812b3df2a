"""A model's own values in its stack: literal, refused, or a name within the limits."""

import re
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model_stack import (
    Capacity,
    ContainerHealthCheck,
    Metric,
    log_group_name,
    render,
    resource_name,
    stack_name,
)
from model_stack.literals import as_yaml
from tests.support.model_stacks import DEPLOYMENT, MISTRAL, container, variables_of_the_user

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


@pytest.mark.promise("hosting.environment")
@pytest.mark.parametrize(
    "value",
    [
        "${AWS::AccountId}",
        "!Ref AWS::Region",
        '"]}',
        "a\nb\tc",
        "\x85\u2028\ufeff",
        "😀",
        "",
        "#",
        "\\",
    ],
)
def test_a_value_reaches_the_container_as_it_was_written(value: str) -> None:
    assert variables_of_the_user(replace(MISTRAL, environment={"VALUE": value})) == {"VALUE": value}


@given(st.dictionaries(TEXTS, TEXTS))
def test_any_text_survives_the_way_through_yaml(texts: dict[str, str]) -> None:
    assert yaml.safe_load(as_yaml(texts)) == texts
    assert yaml.safe_load(as_yaml([*texts])) == [*texts]


@pytest.mark.promise("hosting.health-checks")
@pytest.mark.parametrize(
    ("command", "rendered"),
    [
        ("exit 0", ["CMD-SHELL", "exit 0"]),
        (("CMD", "curl", "-f", "${PORT}"), ["CMD", "curl", "-f", "${PORT}"]),
    ],
)
def test_a_health_check_is_a_shell_line_or_a_list(command: str, rendered: list[str]) -> None:
    check = ContainerHealthCheck(command=command, start_period=0)
    health = container(replace(MISTRAL, container_health_check=check))["HealthCheck"]
    assert health["Command"] == rendered


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"environment": {"A": "x{{resolve:secretsmanager:db}}"}}, "environment.A contains"),
        ({"environment": {"{{resolve:ssm:a}}": "x"}}, "environment contains"),
        ({"model_name": "{{resolve:ssm:a}}"}, "model_name contains"),
        ({"container_health_check": ContainerHealthCheck("{{resolve:ssm:a}}")}, "command contains"),
        ({"environment": {"A": "\0"}}, "no environment can carry"),
        ({"environment": {"A": "\ud83d"}}, "no environment can carry"),
        ({"environment": {"PORT": "80"}}, "PORT is set by the product"),
        ({"model_name": "*"}, "must not be empty nor contain"),
        ({"model_name": "${aws:username}"}, "must not be empty nor contain"),
        ({"model_name": "//"}, "must not be empty nor contain"),
        ({"image_type": "zip"}, "Give it as one of: asset, tarball, ecr"),
        ({"deployment": replace(DEPLOYMENT, subnets=("subnet-a",))}, "needs subnets in two zones"),
    ],
)
def test_what_would_be_misread_is_refused_with_a_sentence(
    change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        render(replace(MISTRAL, **change))


@pytest.mark.promise("hosting.own-task")
@given(st.text(min_size=1), st.sampled_from(["ab", "lisa-test", "a" * 24]))
def test_every_name_begins_with_the_deployment_and_keeps_the_limits(
    model_id: str, deployment: str
) -> None:
    name = resource_name(deployment, model_id)
    assert re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]", name)
    assert len(name) <= 32
    assert re.fullmatch(rf"{deployment}-model-[a-z0-9-]*[a-z0-9]", stack_name(deployment, model_id))
    assert len(stack_name(deployment, model_id)) <= 128
    assert log_group_name(deployment, model_id).startswith(f"{deployment}/")


@pytest.mark.parametrize("name_of", [resource_name, stack_name])
def test_ids_that_look_alike_get_names_of_their_own(name_of: Any) -> None:
    alike = ["a-b", "a.b", "A-b", "a_b", "a--b", "-a-b", "x" * 200, "x" * 201]
    assert len({name_of("lisa-test", model_id) for model_id in alike}) == len(alike)


@pytest.mark.parametrize("name", ["", "Lisa", "a" * 25, "lisa_test", "-lisa", "lisa-"])
def test_a_deployment_name_that_cannot_begin_a_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot begin the names"):
        resource_name(name, "m")


@pytest.mark.promise("hosting.metric")
@pytest.mark.parametrize(
    ("metric", "target"),
    [
        (Metric(target=30, duration=60), "30"),
        (Metric(target=30, duration=90), "20"),
        (Metric(target=1000000, duration=60), "1000000"),
        (Metric(name="TargetResponseTime", target=2.5, duration=90), "2.5"),
    ],
)
def test_requests_are_counted_per_minute_whatever_the_duration(metric: Metric, target: str) -> None:
    assert render(replace(MISTRAL, metric=metric)).parameters["MetricTarget"] == target


@pytest.mark.parametrize(
    ("image", "image_type", "repository", "account", "region"),
    [
        ("vllm/vllm-openai:v0.5.0", "registry", "", "", ""),
        ("vllm/vllm-openai:v0.5.0", "external", "", "", ""),
        ("quay.io/org/image:1", "ecr", "", "", ""),
        ("llamacpp:1", "ecr", "llamacpp", "", ""),
        ("team/llamacpp@sha256:0", "ecr", "team/llamacpp", "", ""),
        (
            "111122223333.dkr.ecr.eu-west-1.aws.test/a/b:1",
            "registry",
            "a/b",
            "111122223333",
            "eu-west-1",
        ),
    ],
)
def test_an_image_in_ecr_may_be_pulled_from_its_repository_only(
    image: str, image_type: str, repository: str, account: str, region: str
) -> None:
    parameters = render(replace(MISTRAL, image=image, image_type=image_type)).parameters
    ecr = [parameters[name] for name in ("EcrRepository", "EcrAccount", "EcrRegion")]
    assert ecr == [repository, account, region]
    assert parameters["Image"] == image


@pytest.mark.promise("hosting.first-capacity")
@pytest.mark.parametrize(("desired", "servers"), [(None, "2"), (3, "3"), (0, "0")])
def test_as_many_servers_start_as_are_desired_or_else_the_least(
    desired: int | None, servers: str
) -> None:
    capacity = Capacity(minimum=2, maximum=5, desired=desired)
    assert render(replace(MISTRAL, capacity=capacity)).parameters["DesiredCapacity"] == servers
