"""The active branch of a session: from its first message to the one where it goes on."""

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
    """Return the branch that ends with the active message.

    The latest messages are read first, and no more than it takes: a parent is older than its child,
    unless a clock was wrong.
    """
    known: dict[str, Message] = {}
    line: list[Message] = []
    wanted, size = session.active_leaf, 0
    for one in sessions.messages(session, newest_first=True):
        known[one.message_id] = one
        # Each is taken out: whoever stored a circle, by hand, must not have us walk it for ever.
        while wanted is not None and (found := known.pop(wanted, None)):
            line.append(found)
            wanted = found.parent_id
        size += len(one.body)
        if wanted is None or size > MOST_READ:
            break
    return Branch(line[::-1], whole=wanted is None)
