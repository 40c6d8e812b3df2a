"""Why CloudFormation failed: the one event that is a cause among those that are consequences."""

import re

from diagnosis.evidence import Evidence, StackEvent
from diagnosis.reason import Reason
from diagnosis.rules import Finding, denial, facts_of, find, quoted, reason_for, table
from diagnosis.scrubbing import in_one_line, scrubbed

SPEAKER = "CloudFormation"
_STACK = "AWS::CloudFormation::Stack"
_CONSEQUENCE = re.compile(
    r"(?:creation|update|deletion|operation) cancelled|failed to (?:create|update|delete): \["
    r"|Embedded stack|Rollback requested|was rolled back",
    re.IGNORECASE,
)
# CloudFormation watched the servers or instances, and only says that it has enough of it.
_WAITED = re.compile(
    r"circuit breaker was triggered|did not stabilize|NotStabilized|Exceeded attempts to wait",
    re.IGNORECASE,
)


def finding(evidence: Evidence) -> Finding | None:
    """Return why the stack failed; certain unless CloudFormation only waited for the servers."""
    event = _first_cause(evidence)
    if event is None:
        return None
    reason = _explained(event.reason, facts_of(evidence))
    where = f"{event.logical_id} ({event.resource_type})"
    told = Reason(reason.code, f"{where} failed. {reason.message}", reason.fix)
    return Finding(told, certain=not _WAITED.search(event.reason))


def has_given_up(evidence: Evidence) -> bool:
    """Return whether CloudFormation no longer waits for the servers."""
    event = _first_cause(evidence)
    return event is not None and _WAITED.search(event.reason) is not None


def explain_stack_reason(text: str) -> Reason:
    """Return a ResourceStatusReason of CloudFormation's as a reason; an unknown one is quoted."""
    return _explained(scrubbed(text), facts_of(Evidence()))


def _explained(text: str, facts: dict[str, str]) -> Reason:
    text = in_one_line(text)
    refused = denial([text])
    if refused:
        return refused.reason
    # Creating a group starts its instances, and so its failures are Auto Scaling's.
    found = find((*table("stacks"), *table("capacity")), [text], SPEAKER, facts)
    if found:
        return found.reason
    general = reason_for("StackFailed", facts)
    return Reason(general.code, f"{general.message} {quoted(SPEAKER, text)}".strip(), general.fix)


def _first_cause(evidence: Evidence) -> StackEvent | None:
    """Return the first failure that is no consequence of another, else the first at all."""
    failed = [event for event in evidence.stack_events if event.status.endswith("_FAILED")]
    causes = [
        event
        for event in failed
        if event.reason and event.resource_type != _STACK and not _CONSEQUENCE.search(event.reason)
    ]
    return next(iter(causes or failed), None)
