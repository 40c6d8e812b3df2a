"""The packaged stack of a hosted model: what is rendered is what CloudFormation accepts."""

from dataclasses import replace
from itertools import product

import pytest

from model_stack import OUR_VARIABLES, ContainerHealthCheck, Metric, render, templates
from tests.support.cloudformation import accepts, findings, parsed, too_wide
from tests.support.model_stacks import MISTRAL, ON_CPU, container

IMAGE_TYPES = ("asset", "tarball", "ecr", "registry", "external")
METRICS = ("RequestCountPerTarget", "TargetResponseTime")
IDS = ("m", "mistral-vllm", "Llama.3_70B", "x" * 300, "modèle-de-test", "模型", "--..--")


def test_a_service_with_a_users_variables_and_command_passes_cfn_lint() -> None:
    check = ContainerHealthCheck(command='curl "http://localhost:8080/health" || exit 1')
    environment = {"HF_TOKEN": "a: b # c", "JSON": '{"a": ["b"]}', "NAME": "modèle ☃"}
    spec = replace(MISTRAL, environment=environment, container_health_check=check)
    service = render(spec).templates["service.yaml"]
    assert findings(service) == []


@pytest.mark.promise("hosting.cloudformation")
@pytest.mark.parametrize(
    ("gpus", "image_type", "metric", "model_id"),
    [*product((0, 4), IMAGE_TYPES, METRICS, IDS)],
)
def test_every_kind_of_model_gets_parameters_that_its_stack_accepts(
    gpus: int, image_type: str, metric: str, model_id: str
) -> None:
    spec = replace(MISTRAL, gpu_count=gpus, image_type=image_type, model_id=model_id)
    parameters = render(replace(spec, metric=Metric(name=metric))).parameters
    declared = parsed(templates()["template.yaml"])["Parameters"]
    assert parameters.keys() == declared.keys()
    assert [name for name in declared if not accepts(declared[name], parameters[name])] == []


def test_rendering_is_deterministic_and_does_not_depend_on_the_order_of_variables() -> None:
    forwards = replace(MISTRAL, environment={"A": "1", "B": "2"})
    backwards = replace(MISTRAL, environment={"B": "2", "A": "1"})
    assert render(forwards) == render(backwards)


def test_without_variables_of_a_user_the_server_gets_only_ours() -> None:
    names = [v["Name"] for v in container(replace(MISTRAL, environment={}))["Environment"]]
    assert names == list(OUR_VARIABLES)


@pytest.mark.parametrize("name", ["capacity.yaml", "service.yaml"])
def test_every_permission_names_its_actions_and_resources(name: str) -> None:
    assert too_wide(parsed(templates()[name])) == []


def test_a_model_on_cpus_asks_for_no_gpu_and_starts_from_the_plain_image() -> None:
    cpu, gpu = render(ON_CPU).parameters, render(MISTRAL).parameters
    assert (cpu["GpuCount"], gpu["GpuCount"]) == ("0", "1")
    assert "gpu" not in cpu["Ami"]
    assert gpu["Ami"] == cpu["Ami"].replace("/recommended", "/gpu/recommended")
    assert container(ON_CPU)["ResourceRequirements"]["Fn::If"][0] == "HasGpu"
