"""Records packed for the queue, always the same way, so that a repetition is recognised. Pure."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

# What SQS takes in one request, all bodies together, is 256 KiB and ten messages; it counts each
# begun 64 KiB of a message as a request of its own.
LARGEST_PARCEL = 60_000
LARGEST_BATCH = 250_000
MOST_IN_BATCH = 10


@dataclass(frozen=True)
class Parcel:
    """Some records of one file. The id says which, and never changes: it is their identity."""

    id: str
    body: str


def readable(content: bytes) -> list[tuple[int, bytes]]:
    """The lines of a file that are whole, each with its offset in it.

    A process that is killed in the middle of a write leaves half a line, a host that is leaves
    zeroes; neither was answered for.
    """
    found = []
    offset = 0
    for line in content.splitlines(keepends=True):
        if line.endswith(b"\n") and (text := _ascii(line)):
            found.append((offset, text))
        offset += len(line)
    return found


def _ascii(line: bytes) -> bytes:
    """The record as JSON that any transport takes; SQS refuses some characters beyond ASCII."""
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        return b""
    if not isinstance(record, dict):
        return b""
    return line.rstrip() if line.isascii() else json.dumps(record).encode()


def packed(name: str, lines: Sequence[tuple[int, bytes]]) -> list[Parcel]:
    """The parcels of a file that is finished: the same for the same content."""
    found: list[Parcel] = []
    group: list[bytes] = []
    size, first = 0, 0
    for offset, text in lines:
        if group and size + len(text) > LARGEST_PARCEL:
            found.append(_parcel(name, first, group))
            group, size = [], 0
        if not group:
            first = offset
        group.append(text)
        size += len(text) + 1
    return [*found, _parcel(name, first, group)] if group else found


def _parcel(name: str, offset: int, records: list[bytes]) -> Parcel:
    identity = f"{name}-{offset}"
    return Parcel(identity, f'{{"batch":"{identity}","records":[{b",".join(records).decode()}]}}')


def batches(parcels: Sequence[Parcel]) -> Iterator[list[Parcel]]:
    """What may go in one request each."""
    batch: list[Parcel] = []
    size = 0
    for parcel in parcels:
        if batch and (size + len(parcel.body) > LARGEST_BATCH or len(batch) == MOST_IN_BATCH):
            yield batch
            batch, size = [], 0
        batch.append(parcel)
        size += len(parcel.body)
    if batch:
        yield batch
