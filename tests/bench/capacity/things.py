"""What AWS bills for one of each thing that people do: calls, rows, transitions.

Counted by reading: functions/sessions/lib (a turn is one POST and, for an answer of eight seconds,
four notes of what has come and one of the end; each is a transaction, billed twice), the pages of
the services, and statemachines/repositories. CPU time is measured (measured.json).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thing:
    """`invocations` are of functions, reactions and the authorizer's share included.

    `waits` are round trips to AWS that a function waits for while it is billed; `memory` is that
    of the functions in MB.
    """

    api_calls: int
    invocations: float
    waits: float
    memory: int
    writes: float
    reads: float
    transitions: int = 0
    queue_requests: float = 0.0


THINGS = {
    "chat turn": Thing(6, 8, 24, 512, writes=44, reads=30, queue_requests=3),
    "search": Thing(1, 1.2, 6, 1769, writes=0, reads=6, queue_requests=3),
    "question to documents": Thing(0, 1.2, 6, 1769, writes=10, reads=6, queue_requests=3),
    "document of a page": Thing(
        1, 12, 40, 3008, writes=30, reads=40, transitions=14, queue_requests=3
    ),
    "console page": Thing(4, 4.5, 8, 512, writes=0, reads=40),
}
