"""Everything that the replica knows of itself, for whoever asks, and for the log in between."""

import os
import time
from pathlib import Path

from gateway.log import put
from gateway.metrics import sharing
from gateway.metrics.catalogue import IN_FLIGHT, TRACES, Totals
from gateway.metrics.emf import difference, documents
from gateway.metrics.processes import birth
from gateway.metrics.replica import Replica
from gateway.metrics.sharing import Pool
from gateway.tracing.shipping import Shipper

TOLD = "told.json"


class Teller:
    def __init__(self, folder: Path, replica: Replica, shipper: Shipper | None) -> None:
        self._pool = Pool(folder)
        self._replica = replica
        self._shipper = shipper
        # Counts of our own go the way of a worker's, so that they outlive us as well.
        pid = os.getpid()
        self._own = folder / f"{pid}-{birth(pid)}.json"
        self._told_file = folder / TOLD
        self._gauges: Totals = {}

    def look(self) -> None:
        """See how the replica is, and note what happened to it."""
        self._gauges, happened = self._replica.look()
        if self._shipper:
            for outcome, count in (
                ("sent", self._shipper.sent),
                ("dropped", self._shipper.dropped),
            ):
                if count:
                    happened[TRACES, outcome] = count
        sharing.write(self._own, happened)

    def numbers(self) -> Totals:
        """Counters and gauges of this moment."""
        counted = self._pool.read()
        return counted.totals | self._gauges | {(IN_FLIGHT,): float(counted.in_flight)}

    def tell(self, deployment: str) -> None:
        """Write what was added since the last time to the log, for CloudWatch."""
        counted = self._pool.read()
        gauges = self._gauges | {(IN_FLIGHT,): float(counted.in_flight)}
        told = sharing.totals_of(sharing.read(self._told_file))
        added = difference(counted.totals, told)
        for line in documents(deployment, added, gauges, time.time()):
            put(line)
        # Afterwards: should we die here, a minute is told twice rather than never.
        sharing.write(self._told_file, counted.totals)
