"""The faults of our own start scripts: an exit code, and two lines of the best words there are."""

import re
from typing import NamedTuple

from diagnosis.evidence import StoppedTask
from diagnosis.reason import Reason
from diagnosis.rules import Finding, reason_for


class Fault(NamedTuple):
    """The code that a fault becomes, and how many deaths of that kind make it a cause."""

    code: str
    times: int = 1


# The faults of the containers' start scripts. What another start may mend needs two.
FAULTS = {
    "BadSetting": Fault("BadConfig"),
    "WeightsMissing": Fault("WeightsMissing"),
    "ModelFileUnclear": Fault("BadConfig"),
    "AccessDenied": Fault("PermissionDenied"),
    "StorageUnreachable": Fault("NoRoute", times=2),
    "DiskFull": Fault("DiskFull"),
    "ServerFailed": Fault("ServerDied", times=2),
    "WeightsUnreadable": Fault("WeightsUnreadable"),
    "DiskUnusable": Fault("BadConfig"),
}
EXIT_CODES = {
    11: "BadSetting",
    12: "WeightsMissing",
    13: "ModelFileUnclear",
    14: "AccessDenied",
    15: "StorageUnreachable",
    16: "DiskFull",
    17: "ServerFailed",
    18: "WeightsUnreadable",
    19: "DiskUnusable",
}
_SAID = re.compile(rf"^(?P<name>{'|'.join(FAULTS)}): (?P<message>.+)$")


def own_words(task: StoppedTask, deaths: int, facts: dict[str, str]) -> Finding | None:
    """Return what our start script said when it gave up, None if it did not.

    The exit code decides: a server may print anything. Where the log has not arrived yet, the
    code alone still says what kind of fault it was.
    """
    name = EXIT_CODES.get(task.exit_code or 0)
    if name is None:
        return None
    fault = FAULTS[name]
    return Finding(
        _in_its_words(task, name, facts) or reason_for(fault.code, facts),
        certain=deaths >= fault.times,
        waiting=f"The server could not start ({name}); ECS starts it once more.",
    )


def _in_its_words(task: StoppedTask, name: str, facts: dict[str, str]) -> Reason | None:
    lines = (*task.container_reason.split("\n"), *task.last_lines)
    for place in range(len(lines) - 1, -1, -1):
        said = _SAID.match(lines[place])
        if said and said["name"] == name:
            fix = "".join(lines[place + 1 : place + 2])
            code = FAULTS[name].code
            return Reason(code, said["message"], fix or reason_for(code, facts).fix)
    return None
