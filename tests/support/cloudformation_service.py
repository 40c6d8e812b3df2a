"""CloudFormation as far as the models service uses it: stacks, their states and their events.

Work is done at the second look, as in the port's fake; a test says what fails and why.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.support.answering import Refused

type Json = dict[str, Any]

STACK = "AWS::CloudFormation::Stack"


@dataclass
class Stack:
    """One stack: its status and, oldest first, its events."""

    name: str
    given: Json
    status: str = ""
    events: list[Json] = field(default_factory=list)

    def becomes(self, status: str, reason: str = "") -> None:
        self.status = status
        self.says(self.name, status, reason, STACK, self.name)

    def says(self, name: str, status: str, reason: str, kind: str, physical: str) -> None:
        """Add one event: what became of a resource, and why."""
        event = {
            "StackId": self.name,
            "LogicalResourceId": name,
            "PhysicalResourceId": physical,
            "ResourceType": kind,
            "ResourceStatus": status,
        }
        self.events.append(event | ({"ResourceStatusReason": reason} if reason else {}))


@dataclass
class CloudFormation:
    """The service. `failure` and `stuck` are reasons for which a nested resource fails."""

    failure: str = ""
    stuck: str = ""
    stacks: dict[str, Stack] = field(default_factory=dict)

    def __call__(self, operation: str, given: Json) -> Json:
        name = given["StackName"]
        match operation:
            case "CreateStack":
                return self._create(name, given)
            case "DeleteStack":
                if name in self.stacks:
                    self.stacks[name].becomes("DELETE_IN_PROGRESS", "User Initiated")
                return {}
            case "DescribeStacks":
                return {"Stacks": [self._look(self._find(name))]}
            case "DescribeStackEvents":
                return {"StackEvents": self._find(name).events[::-1]}
        raise NotImplementedError(operation)

    def _create(self, name: str, given: Json) -> Json:
        if name in self.stacks:
            raise Refused("AlreadyExistsException", f"Stack [{name}] already exists")
        self.stacks[name] = Stack(name, given)
        self.stacks[name].becomes("CREATE_IN_PROGRESS", "User Initiated")
        return {"StackId": name}

    def _find(self, name: str) -> Stack:
        if name not in self.stacks:
            raise Refused("ValidationError", f"Stack with id {name} does not exist")
        return self.stacks[name]

    def _look(self, stack: Stack) -> Json:
        seen: Json = {"StackName": stack.name, "StackStatus": stack.status}
        match stack.status:
            case "CREATE_IN_PROGRESS":
                self._end(stack, "CREATE", self.failure)
            case "CREATE_COMPLETE":
                seen["Outputs"] = [{"OutputKey": "Endpoint", "OutputValue": "http://m.internal"}]
            case "DELETE_IN_PROGRESS":
                self._end(stack, "DELETE", self.stuck)
        return seen

    def _end(self, stack: Stack, operation: str, reason: str) -> None:
        if not reason:
            stack.becomes(f"{operation}_COMPLETE")
            if operation == "DELETE":
                del self.stacks[stack.name]
            return
        nested = Stack(f"{stack.name}-Service-{operation}", {})
        nested.says("TargetGroup", f"{operation}_FAILED", reason, "AWS::Any::Resource", "tg")
        nested.says("Listener", f"{operation}_FAILED", "cancelled", "AWS::Any::Resource", "")
        self.stacks[nested.name] = nested
        status = f"{operation}_FAILED"
        stack.says("Service", status, "Embedded stack failed", STACK, nested.name)
        stack.becomes(status, "The following resource(s) failed: [Service].")
