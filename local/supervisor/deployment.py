"""Brings the templates of this clone onto the emulator, when they have changed."""

import re
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from local.supervisor.environment import STACK
from local.supervisor.fingerprint import fingerprint, places
from local.supervisor.ports import Ports
from local.supervisor.progress import StepFailed
from local.supervisor.sam import Job, sam
from local.supervisor.state import REPOSITORY, State, read_json, write_json
from local.supervisor.web import web_origin

_STAGE_URL = re.compile(r"https://(?P<api>[a-z0-9-]+)\.execute-api\.[^/]+/(?P<stage>[^/]+)/?")


@dataclass
class Deployment:
    """This clone's stack on one emulator."""

    state: State
    ports: Ports
    programs: Path
    _built: str = ""

    def start_build(self) -> Job:
        """`sam build`, which does again only what has changed. It needs no emulator."""
        self._built = self._fingerprint()
        return sam(self.programs, self.state.log("build"), "build", "--cached", "--parallel")

    def deploy(self) -> None:
        """`sam deploy` what was built, and remember from which sources that was."""
        options = ["--config-env", "local", "--parameter-overrides", *self._parameters()]
        sam(self.programs, self.state.log("deploy"), "deploy", *options).finish()
        write_json(self._record, {"fingerprint": self._built, "places": places(REPOSITORY)})

    def has_changed(self) -> bool:
        """Whether the sources differ from those that were deployed last."""
        return bool(read_json(self._record).get("fingerprint") != self._fingerprint())

    def refuse_moved(self) -> None:
        """Refuse an installation whose nested stacks stand elsewhere in the templates of today.

        What has a name would be made in one stack while the other still has it.
        """
        record = read_json(self._record)
        now = places(REPOSITORY)
        before = record.get("places", {})
        if not record or (before and all(now.get(one, at) == at for one, at in before.items())):
            return
        raise StepFailed(
            "The installation here was made from templates that were arranged otherwise.",
            why="Its stacks cannot be changed into those of today: names would be taken twice.",
            fix=f"Remove it and its data: make down, rm -r {self.state.folder}, then make up.",
        )

    def is_there(self) -> bool:
        """Whether the emulator has the stack, whole."""
        status = str(_describe().get("StackStatus", ""))
        return status.endswith("_COMPLETE") and "ROLLBACK" not in status

    def outputs(self) -> dict[str, str]:
        """The stack's outputs, with the addresses as they are reached here."""
        found = _describe().get("Outputs", [])
        outputs = {output["OutputKey"]: output["OutputValue"] for output in found}
        return outputs | {
            "ApiUrl": reachable(outputs["ApiUrl"], self.ports),
            "ServeUrl": at_port(outputs["ServeUrl"], self.ports.serve),
        }

    def facts(self) -> dict[str, str]:
        """The stack's parameters and outputs."""
        given = _describe().get("Parameters", [])
        parameters = {one["ParameterKey"]: one["ParameterValue"] for one in given}
        return parameters | self.outputs()

    @property
    def _record(self) -> Path:
        return self.state.folder / "deployed.json"

    def _fingerprint(self) -> str:
        return fingerprint(REPOSITORY, extra=self._parameters())

    def _parameters(self) -> list[str]:
        return [
            f"DeploymentName={STACK}",
            f"CognitoEndpoint=http://127.0.0.1:{self.ports.emulator}",
            f"AllowedOrigin={web_origin(self.ports)}",
            "GatewayCount=1",
            # All that is served here is served on this machine.
            "ReachableNetworks=127.0.0.0/8",
        ]


def reachable(url: str, ports: Ports) -> str:
    """An API's address on AWS, said in the emulator's way."""
    match = _STAGE_URL.fullmatch(url)
    if match is None:
        return url.rstrip("/")
    address = f"http://127.0.0.1:{ports.emulator}/_aws/execute-api"
    return f"{address}/{match['api']}/{match['stage']}"


def at_port(url: str, port: int) -> str:
    """The public load balancer's address: the emulator chose a port, ours is the one that lasts."""
    path = urllib.parse.urlsplit(url).path.rstrip("/")
    return f"http://127.0.0.1:{port}{path}"


def _describe() -> dict[str, Any]:
    try:
        stacks = boto3.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
    except ClientError:
        return {}
    return dict(stacks[0]) if stacks else {}
