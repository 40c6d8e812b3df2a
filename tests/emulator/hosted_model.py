"""One hosted model's real stack on an emulator with an agent, and what tests do to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from model_stack import Capacity, ModelStackSpec, render
from tests.emulator.running import Emulator, eventually
from tests.support.model_stacks import DEPLOYMENT, ON_CPU

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]
STOPPED = {"Serving": "false"}


class HostedModel:
    """A model whose image is the agent's `test-server`."""

    def __init__(self, emulator: Emulator, model_id: str) -> None:
        self.emulator = emulator
        self.cloudformation = emulator.client("cloudformation")
        self.ecs = emulator.client("ecs")
        deployment = replace(DEPLOYMENT, templates_url=f"{emulator.url}/templates/{model_id}")
        self._spec = replace(
            ON_CPU,
            model_id=model_id,
            image="test-server",
            image_type="registry",
            capacity=Capacity(1, 1),
            deployment=deployment,
        )
        rendered = render(self._spec)
        self.stack = rendered.stack_name
        self.name = rendered.parameters["ResourceName"]

    def _change(self, act: Callable[..., Any], environment: dict[str, str], **changed: str) -> None:
        spec: ModelStackSpec = replace(self._spec, environment=environment)
        rendered = render(spec)
        for name, text in rendered.templates.items():
            self.emulator.put_template(f"{spec.model_id}/{rendered.digest}/{name}", text)
        parameters = rendered.parameters | changed
        act(
            StackName=self.stack,
            TemplateBody=rendered.templates["template.yaml"],
            Capabilities=CAPABILITIES,
            Parameters=[
                {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()
            ],
        )

    def create(self, **environment: str) -> None:
        self._change(self.cloudformation.create_stack, environment)
        assert self.ends() == "CREATE_COMPLETE", self.emulator.failures(self.stack)
        eventually(lambda: self.healths() == ["healthy"])

    def begin_update(self, environment: dict[str, str], **changed: str) -> None:
        """Upload what the environment makes of the templates, and call UpdateStack."""
        self._change(self.cloudformation.update_stack, environment, **changed)

    def update(self, environment: dict[str, str], **changed: str) -> str:
        """Update and wait; how it ended."""
        self.begin_update(environment, **changed)
        return self.ends()

    def delete(self) -> None:
        self.cloudformation.delete_stack(StackName=self.stack)

    def exists(self) -> bool:
        stacks = self.cloudformation.describe_stacks()["Stacks"]
        return any(stack["StackName"] == self.stack for stack in stacks)

    def described(self, stack: str = "") -> dict[str, Any]:
        stacks = self.cloudformation.describe_stacks(StackName=stack or self.stack)["Stacks"]
        return dict(stacks[0])

    def status(self) -> str:
        return str(self.described()["StackStatus"])

    def ends(self) -> str:
        return str(eventually(lambda: self.emulator.settled(self.stack))["StackStatus"])

    def parameter(self, name: str) -> str:
        parameters = self.described()["Parameters"]
        values = {entry["ParameterKey"]: entry["ParameterValue"] for entry in parameters}
        return str(values[name])

    def nested(self, logical_id: str) -> dict[str, Any]:
        """One of the nested stacks, as it describes itself."""
        found = self.cloudformation.describe_stack_resource(
            StackName=self.stack, LogicalResourceId=logical_id
        )
        return self.described(found["StackResourceDetail"]["PhysicalResourceId"])

    def told(self, stack: str = "") -> list[tuple[str, str]]:
        """The stack's own statuses in the order in which they came, with their reasons."""
        name = stack or self.stack
        events = self.cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        return [
            (event["ResourceStatus"], event.get("ResourceStatusReason", ""))
            for event in reversed(events)
            if event["PhysicalResourceId"] == event["StackId"]
        ]

    def service(self) -> dict[str, Any]:
        answer = self.ecs.describe_services(cluster=self.name, services=[self.name])
        return dict(answer["services"][0])

    def tasks(self, desired: str = "RUNNING") -> list[dict[str, Any]]:
        arns = self.ecs.list_tasks(cluster=self.name, desiredStatus=desired)["taskArns"]
        return list(self.ecs.describe_tasks(cluster=self.name, tasks=arns)["tasks"]) if arns else []

    def processes(self) -> list[int]:
        return [int(task["containers"][0]["runtimeId"]) for task in self.tasks()]

    def healths(self) -> list[str]:
        group = self.service()["loadBalancers"][0]["targetGroupArn"]
        answer = self.emulator.client("elbv2").describe_target_health(TargetGroupArn=group)
        return [entry["TargetHealth"]["State"] for entry in answer["TargetHealthDescriptions"]]

    def environment(self) -> dict[str, str]:
        """What the service's task definition tells its servers."""
        definition = self.ecs.describe_task_definition(
            taskDefinition=self.service()["taskDefinition"]
        )["taskDefinition"]
        variables = definition["containerDefinitions"][0]["environment"]
        return {variable["name"]: variable["value"] for variable in variables}

    def definitions(self) -> int:
        """How many revisions of the task definition are ACTIVE."""
        listed = self.ecs.list_task_definitions(familyPrefix=self.name, status="ACTIVE")
        return len(listed["taskDefinitionArns"])
