"""Why tasks of the model's service ended: the server's own words, and ECS's about it."""

import re
from collections.abc import Mapping

from diagnosis.evidence import Evidence, StoppedTask
from diagnosis.reason import Reason
from diagnosis.rules import Finding, denial, facts_of, find, quoted, reason_for, table
from diagnosis.scrubbing import in_one_line
from diagnosis.start_scripts import own_words

# One death may be bad luck (a lost instance, a killed process); two in a row are a cause.
DEATHS = 2
# Someone wanted these to end, or their instance went: the server is not to blame.
_BLAMELESS_CODES = ("UserInitiated", "SpotInterruption", "TerminationNotice")
_BLAMELESS_REASONS = ("Scaling activity initiated", "Host EC2", "Task stopped by user")
# What the agent of ECS says of a container, other than the container's own words.
_NAMED = re.compile(r"(?:Cannot\w+|Docker\w+|ContainerRuntime\w*|OutOfMemory|Internal)Error\b")
# 128 and the signal that ended the process: all that a server says that is killed.
_SIGNALS = {
    132: ("ServerDied", "The server used instructions that the processors of {instance} lack."),
    135: ("OutOfMemory", "The server was ended by a bus error: its shared memory is too small."),
    137: ("OutOfMemory", "The server was killed (exit code 137), most often for lack of memory."),
    139: ("ServerDied", "The server crashed with a segmentation fault (exit code 139)."),
}


def finding(evidence: Evidence) -> Finding | None:
    """Return why the tasks end, from the newest whose end says more than its exit code."""
    facts = facts_of(evidence)
    dead = [task for task in evidence.stopped_tasks if is_death(task)]
    for task in reversed(dead):
        found = _of_task(task, len(dead), facts)
        if found:
            return found
    # Who was ended for its health did not end by itself: that is for the health checks to tell.
    exited = [
        task for task in dead if task.exit_code is not None and "health checks" not in task.reason
    ]
    return _by_exit_code(exited[-1], len(exited), facts) if exited else None


def is_death(task: StoppedTask) -> bool:
    """Return whether the task ended by itself, or could not start."""
    if task.stop_code in _BLAMELESS_CODES or task.reason.startswith(_BLAMELESS_REASONS):
        return False
    if task.exit_code is not None or task.stop_code == "TaskFailedToStart":
        return True
    return find(table("tasks"), [_words(task)], "ECS", facts_of(Evidence())) is not None


def _of_task(task: StoppedTask, deaths: int, facts: dict[str, str]) -> Finding | None:
    own = own_words(task, deaths, facts)
    if own and own.certain:
        return own
    lines, words = _lines(task), _words(task)
    tables = (*table("log_memory"), *table("log_weights"), *table("log_config"))
    found = find(tables, lines, "The server's log", facts)
    refused = denial((words, *lines))
    if found or refused:
        return found.after(deaths) if found else refused
    told = find(table("tasks"), [words], "ECS", facts)
    return own or (told.after(deaths) if told else None)


def _by_exit_code(task: StoppedTask, deaths: int, facts: Mapping[str, str]) -> Finding:
    code, message = _SIGNALS.get(
        task.exit_code or 0, ("ServerDied", f"The server ended with exit code {task.exit_code}.")
    )
    reason = reason_for(code, facts, message)
    last = ("", *_lines(task))[-1]
    return Finding(
        Reason(code, f"{reason.message} {quoted('Its last line', last)}".strip(), reason.fix),
        certain=deaths >= DEATHS,
        waiting=f"The server ended once with exit code {task.exit_code}; ECS starts it again.",
    )


def _words(task: StoppedTask) -> str:
    return in_one_line(f"{task.reason} {task.container_reason}")


def _lines(task: StoppedTask) -> tuple[str, ...]:
    """Return the end of the log; an agent may give it as the container's reason instead."""
    said = () if _NAMED.match(task.container_reason) else task.container_reason.split("\n")
    return tuple(filter(None, (*said, *task.last_lines)))
