"""The rounds of a summary: which parts each has, and under which names they are kept. Pure."""

from pydantic import BaseModel

from context.prompt import tokens_beside_text
from context.summary import Summary
from context.window import Budget, budget


class Round(BaseModel):
    """The parts of one round by their numbers; `more` says whether there is one to be made."""

    number: int = 0
    parts: list[int] = []
    more: bool = False


def budget_of(row: Summary) -> Budget:
    """Return how a summary's window is shared out, or raise WindowTooSmall."""
    return budget(row.window, tokens_beside_text(row.focus))


def round_of(row: Summary) -> Round:
    """Return the current round of a summary, which is to be made."""
    return Round(number=row.round, parts=list(range(row.parts)), more=True)


def part_name(round_number: int, number: int) -> str:
    """Return the name under which a part is kept."""
    return f"part-{round_number}-{number:03}.json"


def answer_name(round_number: int, number: int) -> str:
    """Return the name under which the summary of a part is kept."""
    return f"answer-{round_number}-{number:03}.txt"
