"""Which targets a load balancer may call, and what counts as a passed health check."""

import pytest

from local.balancer.sockets import address_of, lent_sockets
from local.balancer.targets import Targets
from local.ecs_agent.aws import forwarded
from local.ecs_agent.readiness import HealthCheck
from local.ecs_agent.routes import (
    Address,
    LoadBalancer,
    Routes,
    Server,
    TargetGroup,
    living_targets,
)

BALANCER = LoadBalancer("lb", ("127.0.0.1", 4000), ("group-a",))
A, B = ("127.0.0.1", 5001), ("127.0.0.1", 5002)


def routes(*registered: Address) -> Routes:
    groups = {"group-a": TargetGroup(HealthCheck("/health"), registered)}
    return Routes((BALANCER,), groups, {"c/a": ("group-a",), "c/b": ("group-b",)})


def test_a_load_balancer_calls_the_servers_of_its_services_only() -> None:
    servers = [Server("c/a", A), Server("c/b", B)]
    assert living_targets(routes(), BALANCER, servers, frozenset({A, B})) == {A}


def test_a_dead_task_is_not_called_though_it_is_still_registered() -> None:
    assert living_targets(routes(A), BALANCER, [], frozenset({A})) == set()


def test_a_target_that_somebody_else_registered_is_called() -> None:
    assert living_targets(routes(B), BALANCER, [Server("c/a", A)], frozenset({A})) == {A, B}


def test_a_service_is_checked_as_its_target_group_says() -> None:
    assert routes().check_of("c/a").path == "/health"
    assert routes().check_of("c/unknown").path == ""


@pytest.mark.parametrize(
    ("accepted", "status", "passes"),
    [("200", 200, True), ("200", 204, False), ("200-299", 204, True), ("200,404", 404, True)],
)
def test_a_health_check_accepts_what_its_matcher_names(
    accepted: str, status: int, passes: bool
) -> None:
    assert HealthCheck("/", accepted).accepts(status) is passes


def test_targets_take_turns() -> None:
    targets = Targets()
    targets.change([A, B])
    assert [targets.in_turn()[0] for _ in range(4)] == [A, B, A, B]
    assert set(targets.in_turn()) == {A, B}


def test_the_first_forwarding_rule_comes_before_the_default() -> None:
    rules = [
        {"Priority": "default", "Actions": [{"Type": "fixed-response"}]},
        {"Priority": "20", "Actions": [{"Type": "forward", "TargetGroupArn": "second"}]},
        {"Priority": "10", "Actions": [{"Type": "forward", "TargetGroupArn": "first"}]},
    ]
    assert forwarded(rules) == ["first"]


def test_only_an_address_with_a_port_can_be_listened_at() -> None:
    assert address_of("127.0.0.1:4000") == ("127.0.0.1", 4000)
    assert address_of("lb-1.us-east-1.elb.amazonaws.com") is None


def test_a_lent_socket_without_a_number_is_refused_with_an_example() -> None:
    with pytest.raises(ValueError, match="name=fd"):
        lent_sockets("my-alb")
