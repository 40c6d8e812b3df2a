"""CloudFormation as far as the models service uses it: stacks, their states and their events.

Work is done at the second look, as in the port's fake; a test says what fails and why.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.support.answering import Refused

type Json = dict[str, Any]

STACK = "AWS::CloudFormation::Stack"
# What an administrator wrote on the installation, and what CloudFormation and SAM add.
OWN_TAG = {"Key": "cost-center", "Value": "research"}
TAGS = [
    OWN_TAG,
    {"Key": "aws:cloudformation:stack-name", "Value": "lisa-test"},
    {"Key": "lambda:createdBy", "Value": "SAM"},
]


@dataclass
class Stack:
    """One stack: its status and, oldest first, its events."""

    name: str
    given: Json
    status: str = ""
    events: list[Json] = field(default_factory=list)
    before: Json = field(default_factory=dict)

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
    """The service. `failure` and `stuck` are reasons for which a nested resource fails.

    `installation` is a stack that is there, with tags: what asks is part of it.
    """

    installation: str
    failure: str = ""
    stuck: str = ""
    stacks: dict[str, Stack] = field(default_factory=dict)

    def __call__(self, operation: str, given: Json) -> Json:
        name = given["StackName"]
        match operation:
            case "CreateStack":
                return self._create(name, given)
            case "UpdateStack":
                return self._update(self._find(name), given)
            case "CancelUpdateStack":
                return self._cancel(self._find(name))
            case "DeleteStack":
                return self._delete(self.stacks.get(name))
            case "DescribeStacks" if name == self.installation:
                return {"Stacks": [{"StackName": name, "Tags": TAGS}]}
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

    def _update(self, stack: Stack, given: Json) -> Json:
        if stack.status.endswith("_IN_PROGRESS"):
            told = f"Stack:{stack.name} is in {stack.status} state and can not be updated."
            raise Refused("ValidationError", told)
        if given["Parameters"] == stack.given["Parameters"]:
            raise Refused("ValidationError", "No updates are to be performed.")
        stack.before, stack.given = stack.given, given
        stack.becomes("UPDATE_IN_PROGRESS", "User Initiated")
        return {"StackId": stack.name}

    def _cancel(self, stack: Stack) -> Json:
        if stack.status != "UPDATE_IN_PROGRESS":
            raise Refused("ValidationError", f"CancelUpdateStack: {stack.status}")
        stack.becomes("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated")
        return {}

    def _delete(self, stack: Stack | None) -> Json:
        if stack is None:
            return {}
        if stack.status == "UPDATE_IN_PROGRESS":
            told = f"Stack [{stack.name}] cannot be deleted while in status {stack.status}"
            raise Refused("ValidationError", told)
        stack.becomes("DELETE_IN_PROGRESS", "User Initiated")
        return {}

    def _find(self, name: str) -> Stack:
        if name not in self.stacks:
            raise Refused("ValidationError", f"Stack with id {name} does not exist")
        return self.stacks[name]

    def _look(self, stack: Stack) -> Json:
        seen: Json = {
            "StackName": stack.name,
            "StackStatus": stack.status,
            "Parameters": stack.given["Parameters"],
        }
        match stack.status:
            case "CREATE_IN_PROGRESS":
                self._end(stack, "CREATE", self.failure)
            case "UPDATE_IN_PROGRESS":
                self._end(stack, "UPDATE", self.failure)
            case "UPDATE_ROLLBACK_IN_PROGRESS":
                stack.given = stack.before
                stack.becomes("UPDATE_ROLLBACK_COMPLETE")
            case "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "UPDATE_ROLLBACK_COMPLETE":
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
        told = "The following resource(s) failed: [Service]."
        stack.becomes("UPDATE_ROLLBACK_IN_PROGRESS" if operation == "UPDATE" else status, told)
