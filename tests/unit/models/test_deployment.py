"""What a definition asks of its stack."""

from dataclasses import replace

import pytest

from model_stack import Capacity, Metric
from models.deployment import specification
from models.model import Model
from planning.instances import INSTANCES
from tests.support.model_payloads import HOSTED, NOON, changed, external, hosted, parsed
from tests.support.model_stacks import DEPLOYMENT, MISTRAL


def model(path: str, value: object) -> Model:
    return Model.requested(parsed(changed(HOSTED, path, value)), NOON)


@pytest.mark.promise("models.create-hosted")
def test_the_documents_example_becomes_its_stack() -> None:
    spec = specification(hosted().wanted, DEPLOYMENT)
    environment = HOSTED["containerConfig"]["environment"]
    expected = replace(
        MISTRAL,
        environment=environment,
        capacity=Capacity(minimum=1, maximum=1),
        metric=Metric(estimated_instance_warmup=330),
        alb_health_check=replace(
            MISTRAL.alb_health_check, interval=60, timeout=30, unhealthy_threshold=10
        ),
        memory_reservation_mib=spec.memory_reservation_mib,
    )
    assert spec == expected


@pytest.mark.parametrize("instance_type", INSTANCES)
def test_a_server_leaves_its_instance_room_to_live(instance_type: str) -> None:
    spec = specification(model("instanceType", instance_type).wanted, DEPLOYMENT)
    instance = INSTANCES[instance_type]
    whole = instance.memory_gib * 1024
    assert whole // 2 < spec.memory_reservation_mib <= whole * 9 // 10 - 1024
    assert spec.gpu_count == instance.gpus


@pytest.mark.parametrize("desired", [None, 2, 3])
def test_as_many_servers_are_asked_for_as_are_desired(desired: int | None) -> None:
    scaling = {"minCapacity": 2, "maxCapacity": 3, "desiredCapacity": desired}
    spec = specification(model("autoScalingConfig", scaling).wanted, DEPLOYMENT)
    capacity = spec.capacity
    assert (capacity.minimum, capacity.desired, capacity.maximum) == (2, desired, 3)


@pytest.mark.promise("hosting.health-checks")
@pytest.mark.parametrize(
    ("command", "expected"),
    [("curl -f localhost", "curl -f localhost"), (["CMD", "true"], ("CMD", "true"))],
)
def test_a_health_check_is_passed_on(command: object, expected: object) -> None:
    asked = model("containerConfig.healthCheckConfig.command", command)
    assert specification(asked.wanted, DEPLOYMENT).container_health_check.command == expected


@pytest.mark.promise("providers.no-infrastructure")
def test_an_external_model_needs_no_stack() -> None:
    with pytest.raises(ValueError, match="is external and needs no stack"):
        specification(external().wanted, DEPLOYMENT)


def test_a_stopped_model_is_the_same_stack_without_servers() -> None:
    serving = hosted().serving("http://m/v1", NOON)
    stopped = specification(serving.stopped(NOON).wanted, DEPLOYMENT)
    assert stopped == replace(specification(serving.wanted, DEPLOYMENT), serving=False)


def test_memory_that_is_asked_for_is_reserved() -> None:
    asked = model("containerConfig.memoryReservation", 4096)
    assert specification(asked.wanted, DEPLOYMENT).memory_reservation_mib == 4096
