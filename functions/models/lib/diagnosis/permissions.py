"""Who may not do what on what: AWS's refusals, read.

Their forms: IAM user guide, "Troubleshoot access denied error messages".
"""

import re
from dataclasses import dataclass

from diagnosis.reason import Reason

_REFUSED = re.compile(
    r"(?P<who>\S{1,400})\s+is not authorized to perform:?\s+(?P<action>[\w-]{1,60}:\w{1,80})"
    r"(?:\s+on (?:the )?resource:?\s+(?P<resource>\S{1,500}))?"
    r"(?:\s+(?P<because>because [^.\"(]{1,200}|with an explicit deny[^.\"(]{0,120}))?",
    re.IGNORECASE,
)
_UNASSUMABLE = re.compile(
    r"(?:unable|failed) to assume (?:the )?(?:service linked )?role"
    r"(?:\s+['\"](?P<role>[^\s'\"]{1,300}))?",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:AccessDenied(?:Exception)?|UnauthorizedOperation|UnauthorizedException|AuthFailure)\b"
    r"|(?<!pull )\bAccess Denied\b|You are not authorized to perform this operation",
    re.IGNORECASE,
)
_ROLE = re.compile(r"assumed-role/([^/\s]+)|role/(?:[^/\s]+/)*([^/\s]+)|user/([^/\s]+)")


@dataclass(frozen=True)
class Denied:
    """A refusal: `because` is AWS's own reason, empty when it gave none."""

    who: str
    action: str
    resource: str = ""
    because: str = ""


def denied(text: str) -> Denied | None:
    """Return who was refused what, None when the text names no refusal with an action."""
    match = _REFUSED.search(text)
    if not match:
        return None
    return Denied(
        who=_name(match["who"]),
        action=match["action"],
        resource=(match["resource"] or "").strip(".,;\"')"),
        because=(match["because"] or "").strip(),
    )


def permission_denied(text: str) -> Reason | None:
    """Return a refusal as a reason with its fix, None when the text is none."""
    found = denied(text)
    if found:
        return Reason("PermissionDenied", _message(found), _fix(found))
    unassumable = _UNASSUMABLE.search(text)
    if unassumable:
        return _not_assumable(unassumable["role"], text)
    if _BARE.search(text):
        return Reason(
            "PermissionDenied",
            f"AWS refused a request for lack of a right: “{text[:300]}”.",
            "Look in CloudTrail for the refused call: it names the role and the action. Then allow "
            "that role the action.",
        )
    return None


def _message(found: Denied) -> str:
    target = f" on {found.resource}" if found.resource else ""
    because = f", {found.because}" if found.because else ""
    who = found.who.replace("the ", "The ", 1) if found.who.startswith("the ") else found.who
    return f"{who} may not do {found.action}{target}{because}."


def _fix(found: Denied) -> str:
    target = f" on {found.resource}" if found.resource else ""
    if "explicit deny" in found.because:
        return (
            f"A policy forbids {found.action}{target} outright, so no other policy can allow it: "
            "ask whoever manages that policy for an exception."
        )
    return f"Allow {found.who} the action {found.action}{target} in IAM."


def _not_assumable(arn: str | None, text: str) -> Reason:
    if arn is None:
        return Reason(
            "PermissionDenied",
            f"AWS could not assume a role that it needs in this account: “{text[:300]}”.",
            "If it is a service-linked role, create it once (aws iam create-service-linked-role); "
            "otherwise check that the role exists and that its trust policy names the service.",
        )
    role = _name(arn)
    return Reason(
        "PermissionDenied",
        f"ECS could not assume {role}.",
        f"Check that {role} exists and that its trust policy lets ECS tasks assume it.",
    )


def _name(principal: str) -> str:
    """Return a principal as people call it: `the role NAME` instead of its ARN."""
    match = _ROLE.search(principal)
    if not match:
        return principal
    assumed, role, user = match.groups()
    return f"the user {user}" if user else f"the role {assumed or role}"
