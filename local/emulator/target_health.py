"""Whether the targets of a group answer their health check, asked at the moment of the question.

One good answer makes a target healthy and one bad answer makes a healthy target unhealthy: the
thresholds and intervals of the group are for networks, not for one machine. Only how long a new
target counts as `initial` follows the group's UnhealthyThresholdCount.
"""

import asyncio
import ipaddress
from dataclasses import dataclass
from typing import Any

SECONDS_TO_ANSWER = 2.0


@dataclass(frozen=True)
class Target:
    """One registered target with the settings of its group."""

    group_arn: str
    id: str
    port: int
    group: dict[str, Any]

    @property
    def check_port(self) -> int:
        wanted = str(self.group.get("HealthCheckPort") or "traffic-port")
        return int(wanted) if wanted.isdigit() else self.port

    @property
    def path(self) -> str:
        return str(self.group.get("HealthCheckPath") or "/")

    @property
    def patience(self) -> int:
        return int(self.group.get("UnhealthyThresholdCount") or 2)

    def accepts(self, status: int) -> bool:
        """Whether the group's matcher, such as `200`, `200,301` or `200-299`, names this status."""
        matcher = self.group.get("Matcher") or "200"
        wanted = matcher.get("HttpCode") if isinstance(matcher, dict) else matcher
        for part in str(wanted or "200").split(","):
            first, _, last = part.partition("-")
            if int(first) <= status <= int(last or first):
                return True
        return False


@dataclass(frozen=True)
class Health:
    """A state of the ELB API with its reason."""

    state: str
    reason: str = ""
    description: str = ""

    def as_xml(self) -> str:
        """The content of a TargetHealth element."""
        optional = {"Reason": self.reason, "Description": self.description}
        details = "".join(f"<{key}>{text}</{key}>" for key, text in optional.items() if text)
        return f"<State>{self.state}</State>{details}"


HEALTHY = Health("healthy")
INITIAL = Health("initial", "Elb.InitialHealthChecking", "Initial health checks in progress")
UNUSED = Health("unused", "Target.NotInUse", "Target group is not configured to receive traffic")

_failures: dict[tuple[str, str, int], int] = {}


async def _status(target: Target) -> int:
    host = str(ipaddress.ip_address(target.id))
    reader, writer = await asyncio.open_connection(host, target.check_port)
    try:
        request = f"GET {target.path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: ELB-HealthChecker/2.0"
        writer.write(f"{request}\r\nConnection: close\r\n\r\n".encode())
        first_line = await reader.readline()
        return int(first_line.split()[1])
    finally:
        writer.close()


async def _fault(target: Target) -> Health | None:
    try:
        status = await asyncio.wait_for(_status(target), SECONDS_TO_ANSWER)
    except TimeoutError:
        return Health("unhealthy", "Target.Timeout", "Request timed out")
    except (OSError, ValueError, IndexError):
        return Health("unhealthy", "Target.FailedHealthChecks", "Health checks failed")
    if target.accepts(status):
        return None
    found = f"Health checks failed with these codes: [{status}]"
    return Health("unhealthy", "Target.ResponseCodeMismatch", found)


async def _ask(target: Target) -> Health:
    key = (target.group_arn, target.id, target.port)
    fault = await _fault(target)
    if fault is None:
        _failures[key] = target.patience
        return HEALTHY
    failures = _failures.get(key, 0)
    _failures[key] = failures + 1
    return INITIAL if failures < target.patience else fault


async def ask_all(targets: list[Target], used: bool) -> list[tuple[Target, Health]]:
    """Each target with its health; a group without a listener is not asked, as on AWS."""
    if not used:
        return [(target, UNUSED) for target in targets]
    return list(zip(targets, await asyncio.gather(*map(_ask, targets)), strict=True))
