"""The variables that every process of the product gets: this AWS and no other."""

import os
from collections.abc import Mapping

from local.supervisor.ports import Ports

REGION = "us-east-1"
# Also the DeploymentName, which every resource's name begins with.
STACK = "lisa-local"


def product_environment(ports: Ports, inherited: Mapping[str, str]) -> dict[str, str]:
    """The inherited variables, with everything about AWS replaced by the emulator's."""
    # A profile, an endpoint or a session token of the person's own account must never be used here.
    foreign = ("AWS_", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    env = {name: value for name, value in inherited.items() if not name.startswith(foreign)}
    return env | {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{ports.emulator}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "NO_PROXY": _without_proxy(inherited.get("NO_PROXY") or inherited.get("no_proxy", "")),
        "no_proxy": _without_proxy(inherited.get("no_proxy") or inherited.get("NO_PROXY", "")),
        "PYTHONUNBUFFERED": "1",
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "0.5",
    }


def _without_proxy(hosts: str) -> str:
    known = [host for host in hosts.split(",") if host]
    return ",".join(dict.fromkeys([*known, "127.0.0.1", "localhost"]))
