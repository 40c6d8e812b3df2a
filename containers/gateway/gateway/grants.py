"""What we remember about credentials, and for how long. Pure: the caller brings the time.

Keys are full SHA-256 digests. A new auth version makes an entry stale, not gone: while the table
cannot be asked, a stale entry still counts, for a while.
"""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.snapshot import Route

FRESH_SECONDS = 30.0
REFUSED_SECONDS = 2.0
OUTAGE_SECONDS = 15 * 60.0
MOST_ENTRIES = 20_000


@dataclass(frozen=True)
class Caller:
    """Somebody who was let in. `expires_at` is in Unix seconds; None means never.

    `token_id` names an API token without telling it, and is empty for sign-ins. `models` are the
    only ones that the token may call; empty means all that its groups may. `subject` is whose the
    caller's sessions are.
    """

    username: str
    groups: frozenset[str]
    expires_at: float | None
    token_id: str = ""
    models: frozenset[str] = frozenset()
    subject: str = ""

    def expired(self, now: float) -> bool:
        return self.expires_at is not None and now >= self.expires_at

    def may_call(self, route: "Route") -> bool:
        """Whether both the caller's groups and the token's own list allow the model."""
        listed = not self.models or route.model_id in self.models
        return listed and route.open_to(self.groups)


class Verdict(Enum):
    ALLOWED = "allowed"
    REFUSED = "refused"
    ASK = "ask"


@dataclass(frozen=True)
class Entry:
    """The last answer about a credential: a caller, or None for a refusal."""

    caller: Caller | None
    confirmed_at: float
    version: int
    fresh_seconds: float

    def fresh(self, now: float, version: int) -> bool:
        return self.version == version and now - self.confirmed_at < self.fresh_seconds


class Grants:
    def __init__(self, most_entries: int = MOST_ENTRIES) -> None:
        self._entries: dict[str, Entry] = {}
        self._most = most_entries

    def judge(self, key: str, now: float, version: int) -> tuple[Verdict, Caller | None]:
        """What is known without asking anybody."""
        entry = self._entries.get(key)
        if entry is None:
            return Verdict.ASK, None
        if entry.caller is None:
            return (Verdict.REFUSED if entry.fresh(now, version) else Verdict.ASK), None
        if entry.fresh(now, version):
            if entry.caller.expired(now):
                return Verdict.REFUSED, None
            return Verdict.ALLOWED, entry.caller
        return Verdict.ASK, None

    def judge_in_outage(self, key: str, now: float) -> tuple[Verdict, Caller | None]:
        """What still counts when the table cannot be asked; ASK means that nobody can know."""
        entry = self._entries.get(key)
        if entry is None or entry.caller is None:
            return Verdict.ASK, None
        if entry.caller.expired(now):
            return Verdict.REFUSED, None
        if now - entry.confirmed_at <= OUTAGE_SECONDS:
            return Verdict.ALLOWED, entry.caller
        return Verdict.ASK, None

    def allow(self, key: str, caller: Caller, now: float, version: int) -> None:
        """A caller of the token table."""
        self._keep(key, Entry(caller, now, version, FRESH_SECONDS))

    def allow_for(self, key: str, caller: Caller, now: float, seconds: float) -> None:
        """A caller whose credential carries its own end."""
        self._keep(key, Entry(caller, now, 0, seconds))

    def refuse(self, key: str, now: float, version: int) -> None:
        self._keep(key, Entry(None, now, version, REFUSED_SECONDS))

    def _keep(self, key: str, entry: Entry) -> None:
        self._entries.pop(key, None)
        self._entries[key] = entry
        # The oldest goes first, so that guesses cannot fill the memory.
        while len(self._entries) > self._most:
            del self._entries[next(iter(self._entries))]
