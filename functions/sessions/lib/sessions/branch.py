"""The active branch of a session: from its first message to the one where it goes on."""

from collections.abc import Iterable
from dataclasses import dataclass

from sessions.message import Message
from sessions.ports import Sessions
from sessions.session import Session

# So much is read of a session for one answer, in bytes: half a minute must do.
MOST_READ = 32_000_000


@dataclass(frozen=True)
class Branch:
    """Messages in their order; `whole` says whether they go back to the first one."""

    messages: list[Message]
    whole: bool


def branch(sessions: Sessions, session: Session) -> Branch:
    """Return the branch that ends with the active message."""
    known = {one.message_id: one for one in _read(sessions.messages(session))}
    line: list[Message] = []
    wanted = session.active_leaf
    # Whoever stored a circle, by hand, must not have us walk it for ever.
    while wanted is not None and wanted in known:
        message = known.pop(wanted)
        line.append(message)
        wanted = message.parent_id
    return Branch(line[::-1], whole=wanted is None)


def _read(messages: Iterable[Message]) -> Iterable[Message]:
    size = 0
    for one in messages:
        size += len(one.body)
        if size > MOST_READ:
            return
        yield one
