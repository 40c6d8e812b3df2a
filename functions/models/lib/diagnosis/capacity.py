"""Why no instance comes: the activities of the model's Auto Scaling group."""

from diagnosis.evidence import Evidence, ScalingActivity
from diagnosis.reason import Reason
from diagnosis.rules import Finding, denial, facts_of, find, quoted, reason_for, table
from diagnosis.scrubbing import in_one_line

SPEAKER = "EC2 Auto Scaling"
# An unknown failure may be of one zone alone, and three zones are the usual number.
UNKNOWN_FAILURES = 3


def finding(evidence: Evidence) -> Finding | None:
    """Return why the group starts no instance, from its failures since the last success."""
    texts = [in_one_line(failed.message or failed.cause) for failed in _failures(evidence)]
    if not texts:
        return None
    facts = facts_of(evidence)
    refused = denial(texts[-1:])
    if refused:
        return refused
    # The newest failure counts, unless it is of a kind that nobody knows.
    found = find(table("capacity"), texts[-1:], SPEAKER, facts) or find(
        table("capacity"), texts, SPEAKER, facts
    )
    return found.after(len(texts)) if found else _unknown(texts, facts)


def has_launched(evidence: Evidence) -> bool:
    """Return whether an instance was started at some time."""
    return any(activity.status == "Successful" for activity in evidence.scaling_activities)


def _failures(evidence: Evidence) -> list[ScalingActivity]:
    failed: list[ScalingActivity] = []
    for activity in evidence.scaling_activities:
        if activity.status == "Successful":
            failed.clear()
        elif activity.status == "Failed":
            failed.append(activity)
    return failed


def _unknown(texts: list[str], facts: dict[str, str]) -> Finding:
    general = reason_for("LaunchFailed", facts)
    message = f"{general.message} {quoted(SPEAKER, texts[-1])}".strip()
    return Finding(
        Reason(general.code, message, general.fix),
        certain=len(texts) >= UNKNOWN_FAILURES,
        waiting="EC2 could not start an instance; Auto Scaling tries again.",
    )
