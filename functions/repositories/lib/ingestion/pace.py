"""How much of a model ingestion takes while others may want it, too. Pure.

A server answers in the order of requests, so that whoever searches waits for all that is on its way
already. Nobody knows how many documents are being embedded, on how large a machine; but every
request tells by its time how long the line is. So each worker makes its next request larger while
they are quick, smaller when they are slow, and pauses when one text alone takes long.
"""

from dataclasses import dataclass, replace

# Seconds of a request: a search falls back on words after 6 and people notice 1.
SLOW, QUICK = 0.5, 0.2
# Texts of the first request, for others may be there already, and of the largest: what any server
# embeds in one go.
FIRST, MOST = 1, 32
# Seconds between requests of one text each. A large model may be slow with nobody else in line, and
# should not be left idle for long.
SHORTEST, LONGEST = 0.25, 4.0


@dataclass(frozen=True)
class Pace:
    """The next request of one worker: so many texts, after a pause in seconds."""

    size: int = FIRST
    pause: float = 0.0

    def after(self, seconds: float) -> "Pace":
        """Return the pace after a request that took so long."""
        if seconds > SLOW:
            return self._slower(seconds)
        return self._faster() if seconds < QUICK else self

    def _slower(self, seconds: float) -> "Pace":
        if self.size > 1:
            return replace(self, size=self.size // 2)
        return replace(self, pause=min(LONGEST, max(seconds, 2 * self.pause)))

    def _faster(self) -> "Pace":
        if self.pause:
            return replace(self, pause=self.pause / 2 if self.pause > SHORTEST else 0.0)
        return replace(self, size=min(MOST, 2 * self.size))
