"""What can go wrong with attachments and summaries."""

from catalogue.base import Reason
from kernel.faults import Fault

# The group of this service's own token, by which it calls models.
OURS = "lisa-repositories"


class AttachmentNotFoundError(Fault):
    """No such file, or somebody else's: which of the two is nobody's business."""

    kind = "missing"
    fix = "Upload the file with the form of POST /attachment/presigned-url, and use its key."

    def __init__(self) -> None:
        super().__init__("There is no attachment of yours with this key.")


class AttachmentUnreadableError(Fault):
    """The file cannot be read; its reason is the parser's."""

    kind = "unprocessable"

    def __init__(self, why: Reason) -> None:
        super().__init__(why.message, why.fix)


class ChatModelNotFoundError(Fault):
    """No such model that can be called, or not for this caller."""

    kind = "missing"
    fix = "The gateway's /models lists those that you may call."

    def __init__(self, model_id: str) -> None:
        super().__init__(f"There is no chat model {model_id} that you may call.")


class ModelClosedToSummariesError(Fault):
    """The caller may call the model, but this service may not."""

    kind = "unprocessable"
    fix = f"Ask an administrator to add the group {OURS} to the model's allowedGroups."

    def __init__(self, model_id: str) -> None:
        super().__init__(
            f"Model {model_id} is open to certain groups only, and summaries are made by LISA's"
            " own service, which is in none of them."
        )


class TooManySummariesError(Fault):
    """The caller has as many summaries on their way as one may have."""

    kind = "too_many"
    fix = "Wait until one of them is COMPLETED or FAILED."

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} of your summaries are being made at this moment, the most.")


class SummaryNotFoundError(Fault):
    """No such summary, or somebody else's."""

    kind = "missing"
    fix = "POST /summary asks for one; it is kept for two days."

    def __init__(self) -> None:
        super().__init__("There is no summary of yours with this id.")


class ModelAway(Fault):
    """A model did not answer in time; the workflow asks again. It never quotes what was sent."""

    fix = "Try again in some minutes; GET /models says how the model fares."

    def __init__(self) -> None:
        super().__init__("The model did not answer.")
