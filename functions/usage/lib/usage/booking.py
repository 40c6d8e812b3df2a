"""From a batch of records to the rows of the day that they are added to. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from usage.figures import Figures, figures
from usage.record import Batch, Record

UNKNOWN = "unknown"

type Names = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """What one day brought for somebody or something; `names` are of user, token, group, model.

    Without names it is the day's total; with two, that of the pair.
    """

    day: date
    names: Names
    figures: Figures = field(default_factory=Counter)


def rows(batch: Batch) -> list[Row]:
    """What a batch adds, in an order that depends on the batch alone."""
    added: dict[tuple[date, tuple[tuple[str, str], ...]], Figures] = {}
    for record in batch.records:
        day, counted = datetime.fromtimestamp(record.at, UTC).date(), figures(record)
        for names in concerned(record):
            added.setdefault((day, tuple(names.items())), Counter()).update(counted)
    return [Row(day, dict(names), added[day, names]) for day, names in sorted(added)]


def concerned(record: Record) -> Iterator[Names]:
    """The rows to which a record belongs: everybody who is asked about, by the model that served.

    A group is the one that the caller was in at that moment.
    """
    model = record.served or record.model or UNKNOWN
    user = record.user or UNKNOWN
    yield {}
    yield {"model": model}
    yield {"user": user, "model": model}
    if record.token:
        yield {"token": record.token, "model": model, "user": user}
    for group in dict.fromkeys(record.groups):
        if group:
            yield {"group": group, "model": model}
