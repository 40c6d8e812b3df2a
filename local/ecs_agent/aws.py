"""Load balancers and roles as the emulator has them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from local.balancer.sockets import address_of
from local.ecs_agent.control_plane import Away, client, reaching
from local.ecs_agent.credentials import Credentials, Unavailable
from local.ecs_agent.readiness import HealthCheck
from local.ecs_agent.routes import LoadBalancer, Routes, TargetGroup

if TYPE_CHECKING:
    from local.ecs_agent.settings import Settings

MOST_SERVICES = 10


class BalancingPlane:
    """Reads the routes. Every call blocks."""

    def __init__(self, settings: Settings) -> None:
        self._ecs = client(settings, "ecs")
        self._elb = client(settings, "elbv2")

    def routes(self, clusters: list[str]) -> Routes:
        """All of them, as they are now."""
        with reaching("The load balancers"):
            found = self._elb.describe_load_balancers()["LoadBalancers"]
            balancers = tuple(self._balancer(one) for one in found)
            services = {key: groups for name in clusters for key, groups in self._services(name)}
            return Routes(balancers, self._groups(), services)

    def _balancer(self, found: dict[str, Any]) -> LoadBalancer:
        arn = found["LoadBalancerArn"]
        groups: list[str] = []
        for listener in self._elb.describe_listeners(LoadBalancerArn=arn)["Listeners"]:
            rules = self._elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
            groups.extend(forwarded(rules))
        address = address_of(found.get("DNSName", ""))
        return LoadBalancer(found["LoadBalancerName"], address, tuple(dict.fromkeys(groups)))

    def _groups(self) -> dict[str, TargetGroup]:
        groups = {}
        for found in self._elb.describe_target_groups()["TargetGroups"]:
            arn = found["TargetGroupArn"]
            health = self._elb.describe_target_health(TargetGroupArn=arn)
            targets = [entry["Target"] for entry in health["TargetHealthDescriptions"]]
            check = HealthCheck(
                found.get("HealthCheckPath", ""), found.get("Matcher", {}).get("HttpCode", "200")
            )
            groups[arn] = TargetGroup(
                check, tuple((t["Id"], int(t.get("Port", 80))) for t in targets)
            )
        return groups

    def _services(self, cluster: str) -> list[tuple[str, tuple[str, ...]]]:
        arns = self._ecs.list_services(cluster=cluster, maxResults=100)["serviceArns"]
        pairs: list[tuple[str, tuple[str, ...]]] = []
        for start in range(0, len(arns), MOST_SERVICES):
            some = arns[start : start + MOST_SERVICES]
            for service in self._ecs.describe_services(cluster=cluster, services=some)["services"]:
                groups = [lb.get("targetGroupArn", "") for lb in service.get("loadBalancers", [])]
                pairs.append((f"{cluster}/{service['serviceName']}", tuple(filter(None, groups))))
        return pairs


def forwarded(rules: list[dict[str, Any]]) -> list[str]:
    """The target groups of the first rule that forwards, the default rule being the last.

    Bytes are passed on unread, so the conditions of a rule cannot be looked at.
    """
    in_order = sorted(rules, key=lambda r: (r["Priority"] == "default", int_or_zero(r["Priority"])))
    for rule in in_order:
        groups = [arn for action in rule["Actions"] for arn in _groups_of(action)]
        if groups:
            return groups
    return []


def int_or_zero(text: str) -> int:
    """A rule's priority as a number."""
    return int(text) if text.isdigit() else 0


def _groups_of(action: dict[str, Any]) -> list[str]:
    if action.get("TargetGroupArn"):
        return [action["TargetGroupArn"]]
    groups = (action.get("ForwardConfig") or {}).get("TargetGroups") or []
    return [group["TargetGroupArn"] for group in groups if group.get("Weight", 1) > 0]


class StsRoles:
    """Credentials of roles, by sts:AssumeRole in a thread."""

    def __init__(self, settings: Settings) -> None:
        self._sts = client(settings, "sts")

    async def assume(self, role: str, session: str) -> Credentials:
        """A session of the role."""
        return await asyncio.to_thread(self._assume, role, session)

    def _assume(self, role: str, session: str) -> Credentials:
        try:
            with reaching(f"Credentials of the role {role}"):
                answer = self._sts.assume_role(RoleArn=role, RoleSessionName=session)
        except Away as error:
            raise Unavailable(str(error)) from error
        given = answer["Credentials"]
        return Credentials(
            access_key=given["AccessKeyId"],
            secret_key=given["SecretAccessKey"],
            token=given["SessionToken"],
            expires=given["Expiration"],
        )
