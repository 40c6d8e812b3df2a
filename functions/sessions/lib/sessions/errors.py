"""What can go wrong with sessions, in words for people."""

from kernel.faults import Fault, ValidationError


class SessionNotFoundError(Fault):
    """No such session, or one of somebody else: which of the two is nobody's business."""

    kind = "missing"
    fix = "GET /session lists yours."

    def __init__(self, session_id: str) -> None:
        super().__init__(f"There is no session {session_id[:64]}.")


class MessageNotFoundError(Fault):
    """No such message in that session."""

    kind = "missing"
    fix = "GET /session/{sessionId}/messages lists those of the session."

    def __init__(self, message_id: str) -> None:
        super().__init__(f"There is no message {message_id[:64]} in this session.")


class ConflictError(Fault):
    """What is stored is not what the request takes it for; nothing was changed."""

    kind = "conflict"
    fix = "Read the session's messages again, and go on from what they are now."


class SessionBusyError(Fault):
    """Others wrote the same session, again and again, while this request tried to."""

    kind = "too_many"
    fix = "Repeat the request in a second; what was stored before stays."

    def __init__(self) -> None:
        super().__init__("The session is being written by other requests.")


def unfit(field: str, message: str) -> ValidationError:
    """Return a refusal of one field, by the name that it has in JSON."""
    return ValidationError([{"field": field, "message": message}])
