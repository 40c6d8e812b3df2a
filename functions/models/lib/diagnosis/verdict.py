"""The best cause now known of why a model does not come up, and what is waited for meanwhile."""

from diagnosis import capacity, health, placement, stacks, stopped_tasks
from diagnosis.evidence import Evidence
from diagnosis.reason import Reason
from diagnosis.rules import Finding, denial, facts_of, find, quoted, reason_for, table

# By how near each stands to the cause: the server's own words and ECS's about its tasks, then who
# could not start an instance, then who found no place, then who only sees the effects.
_SOURCES = (
    stopped_tasks.finding,
    capacity.finding,
    placement.finding,
    health.finding,
    stacks.finding,
)
_LONGEST = 1_000


def diagnose(evidence: Evidence) -> Reason | None:
    """Return why the model will not come up, None while it still may.

    What is certain counts at once, in the order of trust. What may pass by itself counts when
    nobody tries any longer: ECS or CloudFormation gave up, or the time is over.
    """
    found = _findings(evidence)
    certain = [finding.reason for finding in found if finding.certain]
    if certain:
        return _cut(certain[0])
    if not _is_over(evidence):
        return None
    told = [finding.reason for finding in found]
    return _cut(_in_time(evidence, told[0] if told else _in_general(evidence)))


def progress(evidence: Evidence) -> str | None:
    """Return what is waited for as a sentence for the timeline, None if nothing is or is known."""
    if diagnose(evidence):
        return None
    waiting = [finding.waiting for finding in _findings(evidence) if finding.waiting]
    return waiting[0] if waiting else _stage(evidence)


def _findings(evidence: Evidence) -> list[Finding]:
    return [finding for source in _SOURCES if (finding := source(evidence))]


def _is_over(evidence: Evidence) -> bool:
    timed_out = evidence.timed_out_after_minutes is not None
    return timed_out or bool(evidence.given_up) or stacks.has_given_up(evidence)


def _in_time(evidence: Evidence, reason: Reason) -> Reason:
    minutes = evidence.timed_out_after_minutes
    if minutes is None or reason.code == "StartTimedOut":
        return reason
    message = f"{reason.message} The server was not healthy after {minutes} minutes."
    return Reason(reason.code, message, reason.fix)


def _in_general(evidence: Evidence) -> Reason:
    """Return what can be said when no source of evidence knows a cause."""
    facts = facts_of(evidence)
    if evidence.given_up:
        return _given_up(evidence, facts)
    minutes = evidence.timed_out_after_minutes
    general = reason_for("StartTimedOut", facts)
    stage = _stage(evidence)
    last = f" The last that is known: {stage}" if stage else ""
    return Reason(
        general.code, f"The server was not healthy after {minutes} minutes.{last}", general.fix
    )


def _given_up(evidence: Evidence, facts: dict[str, str]) -> Reason:
    text = evidence.given_up
    told = denial([text]) or find(table("tasks"), [text], "ECS", facts)
    if told:
        return told.reason
    general = reason_for("ServerDied", facts)
    message = f"ECS stopped trying to start the server. {quoted('ECS', text)}"
    return Reason(general.code, message, general.fix)


def _stage(evidence: Evidence) -> str | None:
    """Return the last stage on the way that the evidence shows, the farthest first."""
    facts = facts_of(evidence)
    if any(target.state == "initial" for target in evidence.targets):
        return "The server runs; the load balancer makes its first health checks."
    if any(" has started " in event.message for event in evidence.service_events):
        return "The container starts: its image is pulled and its weights are fetched."
    if capacity.has_launched(evidence):
        return "The instance has started and joins the model's cluster."
    if evidence.scaling_activities:
        return "EC2 starts {instance}.".format_map(facts)
    making = [event for event in evidence.stack_events if event.status == "CREATE_IN_PROGRESS"]
    return f"CloudFormation makes {making[-1].logical_id}." if making else None


def _cut(reason: Reason) -> Reason:
    """Return the reason in its bounds; a fix is one line, by which a reason is taken apart."""
    fix = " ".join(reason.fix.split())[:_LONGEST]
    return Reason(reason.code, reason.message.strip()[:_LONGEST], fix)
