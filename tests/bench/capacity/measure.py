"""CPU time of one of each thing that people do, by the part of the product that spent it."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from local.supervisor.state import State
from tests.bench.load.ledger import Ledger
from tests.bench.load.meter import Meter
from tests.bench.load.people import Person, crowd
from tests.e2e.library import Library

TIMES = 100
PARTS = ("functions", "gateway", "database")
SETTLING = 5.0  # seconds: usage, streams and workflows come a little later
IDLE = 20.0  # seconds of doing nothing
NOTES = 4  # of an answer of eight seconds: after 1, 2, 4 and 8


def measured(product: dict[str, Any], state: State) -> Mapping[str, Mapping[str, float]]:
    """By thing and part: milliseconds of a core for one, with warm functions as most calls find.

    What the parts spend while nobody asks for anything is taken off.
    """
    ledger = Ledger()
    with Library(product).made() as library, crowd(product, 1, library, ledger) as (person,):
        idle = {part: spent / IDLE for part, spent in _spent(_nothing, state).items()}
        return {name: _cost(act, idle, state) for name, act in _things(person).items()}


def _things(person: Person) -> Mapping[str, Callable[[], object]]:
    return {
        "chat turn": lambda: person.chat(NOTES),
        "search": person.search,
        "question to documents": person.ask_documents,
        "document of a page": person.upload,
        "console page": person.administer,
    }


def _cost(
    act: Callable[[], object], idle: Mapping[str, float], state: State
) -> Mapping[str, float]:
    act()
    time.sleep(SETTLING)
    began = time.monotonic()
    spent = _spent(lambda: [act() for _ in range(TIMES)], state)
    seconds = time.monotonic() - began
    busy = {part: max(0.0, spent[part] - idle.get(part, 0.0) * seconds) for part in PARTS}
    return {part: round(1e3 * busy[part] / TIMES, 2) for part in PARTS}


def _nothing() -> None:
    time.sleep(IDLE - SETTLING)


def _spent(act: Callable[[], object], state: State) -> Mapping[str, float]:
    """Seconds of a core, by part."""
    with Meter(state).running() as meter:
        act()
        time.sleep(SETTLING)
    return meter.seconds()
