"""An emulator with an agent, and services on it as a template would make them."""

import http.client
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.emulator.running import REPOSITORY, Emulator, eventually

CLUSTER = "test-cluster"
BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": False}}
RUNNERS = {"test-server": [sys.executable, str(Path(__file__).parent / "server.py")]}


class Agent:
    """The agent's process, which can be killed and started again."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            "PATH": os.environ["PATH"],
            "AWS_ENDPOINT_URL": emulator.url,
            "AWS_REGION": "us-east-1",
            "LISA_STATE": str(folder),
            "LISA_EXTRA_RUNNERS": json.dumps(RUNNERS),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *lent: int, **settings: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "agent").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "local.ecs_agent"],
                cwd=REPOSITORY,
                env=self._environment | settings,
                pass_fds=lent,
                stderr=log,
            )

    def end(self, how: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(timeout=20)


class Cloud:
    """What the tests do to the emulated AWS."""

    def __init__(self, emulator: Emulator, agent: Agent) -> None:
        self.emulator = emulator
        self.agent = agent
        self.ecs = emulator.client("ecs")
        self.elb = emulator.client("elbv2")
        self.ecs.create_cluster(clusterName=CLUSTER)

    def definition(self, image: str = "test-server", role: str = "", **environment: str) -> str:
        container = {
            "name": "model",
            "image": image,
            "memory": 64,
            "portMappings": [{"containerPort": 8080}],
            "stopTimeout": 5,
            "environment": [{"name": k, "value": v} for k, v in environment.items()],
        }
        answer = self.ecs.register_task_definition(
            family="test", containerDefinitions=[container], taskRoleArn=role
        )
        return str(answer["taskDefinition"]["taskDefinitionArn"])

    def service(self, definition: str, balanced: bool = True, desired: int = 1) -> "Service":
        name = f"service-{uuid4().hex[:8]}"
        service = Service(self, name)
        if balanced:
            service.balance()
        self.ecs.create_service(
            cluster=CLUSTER,
            serviceName=name,
            taskDefinition=definition,
            desiredCount=desired,
            loadBalancers=service.attached,
            deploymentConfiguration=BREAKER,
        )
        return service


class Service:
    """One service, with a load balancer of its own if it is balanced."""

    def __init__(self, cloud: Cloud, name: str) -> None:
        self._cloud = cloud
        self.name = name
        self.attached: list[dict[str, Any]] = []
        self.address = ""

    def balance(self) -> None:
        elb = self._cloud.elb
        made = elb.create_load_balancer(Name=self.name, Subnets=["subnet-1"])["LoadBalancers"][0]
        group = elb.create_target_group(
            Name=self.name, Protocol="HTTP", Port=8080, VpcId="vpc-1", HealthCheckPath="/health"
        )["TargetGroups"][0]["TargetGroupArn"]
        forward = [{"Type": "forward", "TargetGroupArn": group}]
        elb.create_listener(
            LoadBalancerArn=made["LoadBalancerArn"],
            Protocol="HTTP",
            Port=80,
            DefaultActions=forward,
        )
        self.address = made["DNSName"]
        self.attached = [{"targetGroupArn": group, "containerName": "model", "containerPort": 8080}]

    def described(self) -> dict[str, Any]:
        ecs = self._cloud.ecs
        answer: dict[str, Any] = ecs.describe_services(cluster=CLUSTER, services=[self.name])
        return dict(answer["services"][0])

    def rollout(self) -> str:
        return str(self.described()["deployments"][0]["rolloutState"])

    def update(self, **changes: object) -> None:
        self._cloud.ecs.update_service(cluster=CLUSTER, service=self.name, **changes)

    def tasks(self, desired: str = "RUNNING") -> list[dict[str, Any]]:
        arns = self._cloud.ecs.list_tasks(
            cluster=CLUSTER, serviceName=self.name, desiredStatus=desired
        )["taskArns"]
        if not arns:
            return []
        answer: dict[str, Any] = self._cloud.ecs.describe_tasks(cluster=CLUSTER, tasks=arns)
        return list(answer["tasks"])

    def targets(self) -> list[dict[str, Any]]:
        group = self.attached[0]["targetGroupArn"]
        answer = self._cloud.elb.describe_target_health(TargetGroupArn=group)
        return list(answer["TargetHealthDescriptions"])

    def get(self, path: str = "/") -> dict[str, Any]:
        """Ask through the load balancer; an error is an error."""
        connection = http.client.HTTPConnection(self.address, timeout=35)
        try:
            connection.request("GET", path)
            return dict(json.loads(connection.getresponse().read()))
        finally:
            connection.close()

    def first_answer(self) -> dict[str, Any]:
        """An answer, once somebody listens at the load balancer's address."""
        return eventually(self._answer, within=30)

    def _answer(self) -> dict[str, Any]:
        try:
            return self.get()
        except ConnectionRefusedError:
            return {}


def alive(pid: int) -> bool:
    """Whether a process with this number exists, other than as a corpse."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
