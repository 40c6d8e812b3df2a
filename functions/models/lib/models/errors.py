"""What can go wrong with a model. HTTP bodies, Retry and Catch use these class names."""

from kernel.faults import Fault


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


class Superseded(Fault):
    """Another request has taken the model over, so this workflow has nothing left to say."""

    kind = "conflict"
    fix = ""


class Busy(Fault):
    """Too many changes of one model at once."""

    kind = "conflict"
    fix = "Repeat the request in a moment."


class Failure(Fault):
    """Base of the reasons for which a model cannot serve: `GET /models/{id}` shows them."""


class WeightsMissing(Failure):
    """Nothing lies where the weights should be."""

    def __init__(self, bucket: str, prefix: str) -> None:
        super().__init__(
            f"There are no files below s3://{bucket}/{prefix}/.",
            f"Upload the weights there (aws s3 cp --recursive DIR s3://{bucket}/{prefix}/), "
            "then delete the model and create it again.",
        )


class ImageUnavailable(Failure):
    """ECS could not get the container image."""

    fix = "Correct containerConfig.image.baseImage, then delete the model and create it again."


class ServerDied(Failure):
    """The inference server keeps ending before it answers."""

    fix = (
        "Read the model's log group for the server's own words, correct containerConfig "
        "or the weights, then delete the model and create it again."
    )


class StackFailed(Failure):
    """CloudFormation could not make the model's stack."""

    fix = "Remove the cause that CloudFormation names, then delete the model and create it again."


class StartTimedOut(Failure):
    """The server was not healthy in time."""

    fix = (
        "Check that the region has capacity for the instance type and that the server answers "
        "its health path, then delete the model and create it again."
    )


class SmokeTestFailed(Failure):
    """The server is healthy and yet does not answer a request."""

    fix = (
        "Check that modelType matches the weights and read the model's log group, "
        "then delete the model and create it again."
    )


class StackNotDeleted(Failure):
    """CloudFormation could not remove the model's stack."""

    fix = "Remove the cause that CloudFormation names, then delete the model once more."


FAILURES: dict[str, type[Failure]] = {cls.__name__: cls for cls in Failure.__subclasses__()}
