"""How a context window is shared out between the parts of a document and their summaries. Pure.

Lengths are tokens as `passages.tokens.estimate` counts, rather too many than too few.
"""

from dataclasses import dataclass

# Of models whose window nobody knows.
USUAL_WINDOW = 4096
MOST_PARTS = 400
# Of which the last one has a single part: its summary is the document's.
ROUNDS = 4
_LONGEST_ANSWER = 1_200
_LARGEST_ROOM = 24_000
_SMALLEST_ROOM = 128
# Tokenizers differ from the estimate.
_MARGIN = 0.9


class WindowTooSmall(Exception):
    """No part of a document fits, with its prompt and answer."""


@dataclass(frozen=True)
class Budget:
    """`room` is for the text of a part, `final` for the last answer, `least` for any other."""

    room: int
    final: int
    least: int

    @property
    def most_parts(self) -> int:
        """How many parts become one within the rounds, whatever their summaries are like."""
        return int(min(MOST_PARTS, (self.room // self.least) ** (ROUNDS - 1)))

    def share(self, parts: int) -> int:
        """Return how long the summary of each of so many parts may be.

        Either all of them fit one part of the next round, or `room / least` of them do.
        """
        return max(self.least, min(self.final, self.room // parts))


def budget(window: int, prompt: int) -> Budget:
    """Share out a window, of which the prompt takes so many tokens without the text.

    Raise WindowTooSmall.
    """
    final = min(_LONGEST_ANSWER, window // 5)
    room = min(_LARGEST_ROOM, int((window - prompt - final) * _MARGIN))
    if room < _SMALLEST_ROOM:
        raise WindowTooSmall
    return Budget(room=room, final=final, least=min(final, max(16, room // 10)))


def asked_for(share: int) -> int:
    """Return how many tokens a model is asked for at most, so that its answer is in its share."""
    return max(12, share * 2 // 3)
