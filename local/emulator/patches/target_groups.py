"""Targets are known by address and port, and their health is measured.

Symptoms: a second target with the same address but another port is not registered, removing one
removes both, and DescribeTargetHealth says `healthy` of everything, also of a port where nothing
listens. On AWS address and port together are the target, and it is healthy when its health check
path answered.
"""

from typing import Any

from ministack.services import alb

from local.emulator.target_health import Target, ask_all

Form = dict[str, Any]

_register = alb._register_targets
_deregister = alb._deregister_targets
_handle_request = alb.handle_request


def _port(group_arn: str, entry: Form) -> int:
    return int(entry.get("Port") or alb._tgs[group_arn].get("Port") or 80)


def _register_by_port(form: Form) -> Any:
    arn = alb._p(form, "TargetGroupArn")
    if arn not in alb._tgs:
        return _register(form)
    known = {(entry["Id"], _port(arn, entry)): entry for entry in alb._targets.get(arn, [])}
    for entry in alb._parse_targets_param(form):
        known.setdefault((entry["Id"], _port(arn, entry)), entry)
    alb._targets[arn] = list(known.values())
    return alb._empty("RegisterTargets")


def _names(removal: Form, entry: Form) -> bool:
    """A removal without a port means the target on every port."""
    same_port = "Port" not in removal or removal["Port"] == entry.get("Port")
    return bool(removal["Id"] == entry["Id"] and same_port)


def _deregister_by_port(form: Form) -> Any:
    arn = alb._p(form, "TargetGroupArn")
    if arn not in alb._tgs:
        return _deregister(form)
    removals = alb._parse_targets_param(form)
    alb._targets[arn] = [
        entry
        for entry in alb._targets.get(arn, [])
        if not any(_names(removal, entry) for removal in removals)
    ]
    return alb._empty("DeregisterTargets")


def _groups_in(actions: list[Form]) -> set[str]:
    forwards = [action.get("ForwardConfig") or {} for action in actions]
    groups = [group for forward in forwards for group in forward.get("TargetGroups") or []]
    return {str(entry.get("TargetGroupArn")) for entry in [*actions, *groups]}


def _is_used(group_arn: str) -> bool:
    rules = [rule.get("Actions") or [] for rule in alb._rules.values()]
    listeners = [listener.get("DefaultActions") or [] for listener in alb._listeners.values()]
    return any(group_arn in _groups_in(actions) for actions in [*rules, *listeners])


def _targets(form: Form) -> list[Target]:
    arn = alb._p(form, "TargetGroupArn")
    group = alb._tgs[arn]
    chosen = alb._parse_targets_param(form)
    return [
        Target(arn, str(entry["Id"]), _port(arn, entry), group)
        for entry in alb._targets.get(arn, [])
        if not chosen or any(_names(choice, entry) for choice in chosen)
    ]


async def _describe_health(form: Form) -> Any:
    arn = alb._p(form, "TargetGroupArn")
    if arn not in alb._tgs or alb._tgs[arn].get("TargetType") == "lambda":
        return alb._describe_target_health(form)
    members = "".join(
        f"<member><Target><Id>{target.id}</Id><Port>{target.port}</Port></Target>"
        f"<HealthCheckPort>{target.check_port}</HealthCheckPort>"
        f"<TargetHealth>{health.as_xml()}</TargetHealth></member>"
        for target, health in await ask_all(_targets(form), _is_used(arn))
    )
    shown = f"<TargetHealthDescriptions>{members}</TargetHealthDescriptions>"
    return alb._xml(200, "DescribeTargetHealth", shown)


async def _handle(method: str, path: str, headers: Form, body: Any, query: Form) -> Any:
    text = body.decode(errors="replace") if isinstance(body, bytes) else body or ""
    form = dict(query) | alb.parse_qs(text)
    if alb._p(form, "Action") == "DescribeTargetHealth":
        return await _describe_health(form)
    return await _handle_request(method, path, headers, body, query)


def apply() -> None:
    """Register by address and port, and measure when asked."""
    alb._ACTION_MAP["RegisterTargets"] = _register_by_port
    alb._ACTION_MAP["DeregisterTargets"] = _deregister_by_port
    alb.handle_request = _handle
