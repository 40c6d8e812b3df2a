"""Why a model cannot serve, for people, from what the platforms say. Pure.

diagnose(Evidence(...))            # the best cause now known, None while it may still come up
progress(Evidence(...))            # what is waited for, as a sentence
explain_stack_reason("...")        # CloudFormation's reason alone, of an update or a deletion
CODES["NoCapacity"].meaning        # every code that a Reason may bear
"""

from diagnosis.codes import CODES, Meaning
from diagnosis.evidence import (
    Evidence,
    ScalingActivity,
    ServiceEvent,
    StackEvent,
    StoppedTask,
    TargetHealth,
)
from diagnosis.permissions import Denied, denied, permission_denied
from diagnosis.reason import Reason
from diagnosis.stacks import explain_stack_reason
from diagnosis.verdict import diagnose, progress

__all__ = [
    "CODES",
    "Denied",
    "Evidence",
    "Meaning",
    "Reason",
    "ScalingActivity",
    "ServiceEvent",
    "StackEvent",
    "StoppedTask",
    "TargetHealth",
    "denied",
    "diagnose",
    "explain_stack_reason",
    "permission_denied",
    "progress",
]
