"""What can go wrong with a model. HTTP bodies, Retry and Catch use these class names."""

from diagnosis import Reason
from kernel.faults import Fault, Reasoned


class ModelNotFoundError(Fault):
    """No such model."""

    kind = "missing"
    fix = ""

    def __init__(self, model_id: str) -> None:
        super().__init__(f"The requested model with ID {model_id} could not be found.")


class ModelAlreadyExistsError(Fault):
    """The id is taken."""

    kind = "exists"
    fix = ""

    def __init__(self) -> None:
        super().__init__("A model with the given configuration already exists.")


class ModelBusyError(Fault):
    """A workflow holds the model."""

    kind = "conflict"
    fix = "Wait until it is InService or Stopped, then repeat the request; or delete it."

    def __init__(self, model_id: str, status: str) -> None:
        super().__init__(f"Model {model_id} is {status}: another request is still being served.")


class Superseded(Fault):
    """Another request has taken the model over, so this workflow has nothing left to say."""

    kind = "conflict"
    fix = ""


class Busy(Fault):
    """Too many changes of one model at once."""

    kind = "conflict"
    fix = "Repeat the request in a moment."


class StackBusy(Fault):
    """CloudFormation still works on the stack; a workflow waits and asks again."""

    kind = "conflict"
    fix = "Wait until CloudFormation has finished."


class Diagnosed(Reasoned[Reason]):
    """A step found out why a model cannot serve."""


class NoAnswerYet(Diagnosed):
    """A healthy server does not answer; it may yet, since it became healthy a moment ago."""
