"""What the agent is told by its environment."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "LANG", "HOME", "TMPDIR")


class Misconfigured(Exception):
    """The agent cannot start; the sentence says what to set."""


@dataclass(frozen=True)
class Settings:
    """Where AWS is, where state is kept, and which interpreters run which image."""

    endpoint: str
    region: str
    access_key: str
    secret_key: str
    state: Path
    pythons: Mapping[str, str]
    passed_on: Mapping[str, str]
    extra_runners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lent_sockets: str = ""
    repository: Path = REPOSITORY

    @property
    def logs(self) -> Path:
        """The folder of the tasks' logs."""
        return self.state / "logs"

    @property
    def weights(self) -> Path:
        """The folder of weights that were fetched from S3."""
        return self.state / "weights"

    @property
    def usage(self) -> Path:
        """The folder of what gateways have counted and not delivered yet."""
        return self.state / "usage"

    @classmethod
    def of(cls, env: Mapping[str, str]) -> Settings:
        """Read the environment of the agent's process."""
        if not env.get("AWS_ENDPOINT_URL"):
            message = (
                "AWS_ENDPOINT_URL is not set. Give the emulator's URL, http://127.0.0.1:<port>."
            )
            raise Misconfigured(message)
        return cls(
            endpoint=env["AWS_ENDPOINT_URL"],
            region=env.get("AWS_REGION", "us-east-1"),
            access_key=env.get("AWS_ACCESS_KEY_ID", "test"),
            secret_key=env.get("AWS_SECRET_ACCESS_KEY", "test"),
            state=Path(env.get("LISA_STATE", str(REPOSITORY / ".local"))).resolve(),
            pythons={k: v for k, v in env.items() if k.endswith("_PYTHON") and v},
            passed_on={name: env[name] for name in PASSED_ON if name in env},
            extra_runners=extra_runners(env.get("LISA_EXTRA_RUNNERS", "")),
            lent_sockets=env.get("BALANCER_FDS", ""),
        )


def extra_runners(setting: str) -> dict[str, tuple[str, ...]]:
    """Further images with their commands, as JSON: `{"my-server": ["python3", "server.py"]}`."""
    try:
        table = json.loads(setting or "{}")
        return {str(image): tuple(map(str, argv)) for image, argv in table.items()}
    except (ValueError, AttributeError, TypeError) as error:
        message = (
            "LISA_EXTRA_RUNNERS is not a JSON object of lists. "
            'Write it as {"my-server": ["python3", "server.py"]}.'
        )
        raise Misconfigured(message) from error
