"""The packaged stacks that services make as they run, each with the role that makes it."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch

import model_stack
import repository_stack
from tests.support.cloudformation import Template, actions, parsed, statements
from tests.support.resolved_stacks import Reading
from tests.support.resource_types import permissions
from tests.support.sources import ROOT

_STACK = "AWS::CloudFormation::Stack"


@dataclass(frozen=True)
class Packaged:
    """One of them: its folder below `containers`, and its templates by the names of their files."""

    folder: str
    templates: Callable[[], Mapping[str, str]]

    @property
    def role(self) -> Template:
        """The template of the role with which CloudFormation makes it."""
        return parsed((ROOT / "containers" / self.folder / "role.yaml").read_text("utf-8"))

    def nested(self) -> dict[str, Template]:
        """The nested stacks in the root template, by their names."""
        resources = parsed(self.templates()["template.yaml"])["Resources"]
        return {name: one for name, one in resources.items() if one["Type"] == _STACK}

    def types(self) -> set[str]:
        """The types of all its resources, in every template."""
        documents = [parsed(text) for text in self.templates().values()]
        return {one["Type"] for document in documents for one in document["Resources"].values()}

    def needed(self) -> set[str]:
        """The actions that AWS says the making and removing of its resources may take."""
        return {action for kind in self.types() - {_STACK} for action in permissions(kind)}

    def allowed(self) -> set[str]:
        """The actions that its role allows."""
        return {action for statement in statements(self.role) for action in actions(statement)}

    def policies(self) -> int:
        """How many characters the role's policies have under the longest names."""
        longest = {
            "DeploymentName": "d" * 24,
            "TemplatesBucketName": "b" * 63,
            "VpcId": "v" * 21,
            "PermissionsBoundary": "arn:aws-test:iam::123456789012:policy/" + "p" * 128,
        }
        given = {name: text for name, text in longest.items() if name in self.role["Parameters"]}
        role = Reading(self.role, given, {}).resources()["Role"]["Properties"]
        texts = [json.dumps(policy["PolicyDocument"]) for policy in role["Policies"]]
        # Regions and partitions have longer names than those that stand in for them here.
        spare = sum(text.count("xx-test-1") + text.count("aws-test") for text in texts) * 8
        return sum(len(re.sub(r"\s", "", text)) for text in texts) + spare


MODEL = Packaged("model", model_stack.templates)
REPOSITORY = Packaged("repository", repository_stack.templates)


def beyond(found: Collection[str], patterns: Collection[str]) -> list[str]:
    """The actions that none of the patterns names, in order."""
    return sorted(one for one in found if not any(fnmatch(one, pattern) for pattern in patterns))
