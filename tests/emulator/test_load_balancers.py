"""Load balancers with addresses, and targets whose health is measured."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.emulator.running import Emulator

TEMPLATE = """
Parameters: {Idle: {Type: String, Default: '60'}}
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Scheme: internal
      Subnets: [subnet-1, subnet-2]
      LoadBalancerAttributes: [{Key: idle_timeout.timeout_seconds, Value: !Ref Idle}]
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 8080, Protocol: HTTP, TargetType: ip, VpcId: vpc-1, HealthCheckPath: /health}
Outputs:
  Address: {Value: !GetAtt Balancer.DNSName}
  Group: {Value: !Ref Group}
"""


class Server:
    """A target whose answer to its health check can be changed."""

    def __init__(self) -> None:
        self.status = 200
        server = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(server.status if self.path == "/health" else 404)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return None

        self.http = HTTPServer(("127.0.0.1", 0), Answer)
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture(scope="session")
def group(ours: Emulator) -> str:
    return ours.deploy("balanced", TEMPLATE)["Group"]


def register(emulator: Emulator, group: str, *ports: int) -> None:
    targets = [{"Id": "127.0.0.1", "Port": port} for port in ports]
    emulator.client("elbv2").register_targets(TargetGroupArn=group, Targets=targets)


def states(emulator: Emulator, group: str) -> dict[int, str]:
    answer = emulator.client("elbv2").describe_target_health(TargetGroupArn=group)
    return {
        entry["Target"]["Port"]: entry["TargetHealth"]["State"]
        for entry in answer["TargetHealthDescriptions"]
    }


def test_plain_balancers_have_a_name_that_leads_nowhere(plain: Emulator) -> None:
    assert plain.deploy("balanced", TEMPLATE)["Address"].endswith(".elb.amazonaws.com")


@pytest.mark.promise("hosting.own-balancer")
def test_each_load_balancer_has_an_address_of_its_own_on_this_machine(ours: Emulator) -> None:
    elb = ours.client("elbv2")
    made = [
        elb.create_load_balancer(Name=name, Subnets=["subnet-1"])["LoadBalancers"][0]["DNSName"]
        for name in ("first", "second")
    ]
    found = elb.describe_load_balancers(Names=["first", "second"])["LoadBalancers"]

    assert made == [balancer["DNSName"] for balancer in found]
    assert {address.split(":")[0] for address in made} == {"127.0.0.1"}
    assert len(set(made)) == 2


def test_an_updated_load_balancer_keeps_its_address(ours: Emulator) -> None:
    address = ours.deploy("kept", TEMPLATE)["Address"]

    assert ours.deploy("kept", TEMPLATE, Idle="90")["Address"] == address
    assert address.startswith("127.0.0.1:")


def test_plain_calls_a_dead_target_healthy(plain: Emulator) -> None:
    group = plain.client("elbv2").create_target_group(Name="dead", Protocol="HTTP", Port=80)
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    register(plain, arn, 1)

    assert states(plain, arn) == {1: "healthy"}


def test_a_target_is_healthy_while_its_health_check_answers(
    ours: Emulator, group: str, server: Server
) -> None:
    register(ours, group, server.port)

    assert states(ours, group)[server.port] == "healthy"
    server.status = 503
    assert states(ours, group)[server.port] == "unhealthy"
    server.status = 200
    assert states(ours, group)[server.port] == "healthy"


def test_a_target_that_never_answered_is_initial_and_then_unhealthy(
    ours: Emulator, group: str
) -> None:
    register(ours, group, 1)

    seen = [states(ours, group)[1] for _ in range(3)]
    assert seen == ["initial", "initial", "unhealthy"]


def test_plain_knows_one_port_per_address_only(plain: Emulator) -> None:
    group = plain.client("elbv2").create_target_group(Name="ports", Protocol="HTTP", Port=80)
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    register(plain, arn, 11, 12)

    assert list(states(plain, arn)) == [11]


def test_targets_on_the_same_address_are_told_apart_by_port(ours: Emulator) -> None:
    elb = ours.client("elbv2")
    group = elb.create_target_group(Name="ports", Protocol="HTTP", Port=80)["TargetGroups"][0]
    arn = group["TargetGroupArn"]
    register(ours, arn, 11, 12)
    assert set(states(ours, arn).values()) == {"unused"}

    elb.deregister_targets(TargetGroupArn=arn, Targets=[{"Id": "127.0.0.1", "Port": 11}])
    assert list(states(ours, arn)) == [12]
