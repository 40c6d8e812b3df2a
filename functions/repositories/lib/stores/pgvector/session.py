"""A connection that outlives its breaks, with statements that the server reads once."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress

import pg8000.exceptions

from stores.errors import StoreError, StoreUnavailableError
from stores.pgvector.connecting import Connect, Connection, Prepared, Row, sqlstate

type Run = Callable[..., list[Row]]

# A function that was frozen for longer wakes up with a connection that nobody answers on.
_LONGEST_IDLE = 60.0
_ATTEMPTS = 4
_PAUSE = 0.05
_PREPARED = 64
# Two transactions that waited for each other, or could not be put into an order.
_COLLISIONS = ("40P01", "40001")
# The server goes down, was restarted, or has no room: 57P01..03, 08..., 53..., 25P03; or another
# version has changed the tables that a statement was read for: 0A000, 26000.
_UNAVAILABLE = ("57P", "08", "53", "25P", "0A000", "26000")
_NO_SUCH = ("42P01", "3F000")

# Names of the extension's types and operators are found wherever it was installed. A plan is made
# for each question: one for all would not know how few rows `limit` lets through.
_SETTINGS = """
select set_config('search_path', coalesce((
         select quote_ident(n.nspname) from pg_extension e
         join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'), 'public'),
       false),
       set_config('statement_timeout', '20s', false),
       set_config('idle_in_transaction_session_timeout', '120s', false),
       set_config('plan_cache_mode', 'force_custom_plan', false),
       set_config('jit', 'off', false),
       set_config('hnsw.ef_search', '200', false),
       set_config('hnsw.iterative_scan', 'relaxed_order', false),
       set_config('hnsw.max_scan_tuples', '100000', false)
"""


class MissingTableError(StoreError):
    """A table or the schema is not there."""


class Session:
    """One connection at a time, opened when it is needed. Threads wait for each other."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._connection: Connection | None = None
        self._prepared: dict[str, Prepared] = {}
        self._used = 0.0
        self._lock = threading.RLock()

    def read(self, sql: str, **parameters: object) -> list[Row]:
        """The rows of one statement, which changes nothing."""
        return self._attempted(lambda: self._run(sql, **parameters))

    def write[T](self, work: Callable[[Run], T], seconds: int = 600) -> T:
        """Do `work` in one transaction; it is done again when the connection breaks."""

        def transaction() -> T:
            self._run("begin")
            with ExitStack() as unless_committed:
                unless_committed.callback(self._roll_back)
                self._run(f"set local statement_timeout = {seconds * 1000:d}")
                result = work(self._run)
                self._run("commit")
                unless_committed.pop_all()
            return result

        return self._attempted(transaction)

    def _roll_back(self) -> None:
        # Whoever cannot say so anymore is rolled back by the server.
        with suppress(StoreError, pg8000.exceptions.Error):
            self._run("rollback")

    def close(self) -> None:
        """Close the connection. The next call opens one."""
        with self._lock:
            gone, self._connection = self._connection, None
            self._prepared.clear()
            if gone:
                # It closes its socket before it complains that nobody heard the goodbye.
                with suppress(pg8000.exceptions.InterfaceError):
                    gone.close()

    def _attempted[T](self, work: Callable[[], T]) -> T:
        with self._lock:
            if self._connection and time.monotonic() - self._used > _LONGEST_IDLE:
                self.close()
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    return work()
                except (pg8000.exceptions.Error, OSError) as error:
                    fault, again = self._judged(error)
                    if not again or attempt == _ATTEMPTS:
                        raise fault from error
                    time.sleep(_PAUSE * attempt)
                except (KeyboardInterrupt, SystemExit):
                    # An answer that was half read would be taken for the next one's.
                    self.close()
                    raise
                finally:
                    self._used = time.monotonic()
        raise AssertionError("the last attempt returns or raises")

    def _judged(self, error: pg8000.exceptions.Error | OSError) -> tuple[StoreError, bool]:
        state = sqlstate(error) if isinstance(error, pg8000.exceptions.Error) else ""
        lost = not isinstance(error, pg8000.exceptions.DatabaseError)
        if lost or state.startswith(_UNAVAILABLE):
            self.close()
            return _lost(state), True
        return _fault(state), state in _COLLISIONS

    def _run(self, sql: str, **parameters: object) -> list[Row]:
        connection = self._opened()
        if not parameters:
            return connection.run(sql) or []
        statement = self._prepared.get(sql)
        if statement is None:
            if len(self._prepared) >= _PREPARED:
                self._prepared.pop(next(iter(self._prepared))).close()
            statement = self._prepared[sql] = connection.prepare(sql)
        return statement.run(**parameters) or []

    def _opened(self) -> Connection:
        if self._connection is None:
            self._connection = self._connect()
            self._connection.run(_SETTINGS)
        return self._connection


def _lost(state: str) -> StoreError:
    return StoreUnavailableError(
        "store_unavailable",
        f"The database ended the conversation ({state or 'the connection broke'}).",
        "It may be restarting or overloaded: try again in a minute, then look at its log.",
    )


def _fault(state: str) -> StoreError:
    if state in _NO_SUCH:
        return MissingTableError("table_missing", "A table is not there.", "Prepare the shelf.")
    if state in _COLLISIONS:
        return StoreUnavailableError(
            "store_busy", "Others changed the same data at the same time.", "Try again."
        )
    if state == "57014":
        return StoreUnavailableError(
            "store_slow",
            "The database took too long and was stopped.",
            "Try again; if it stays so, the database needs more memory or processors.",
        )
    if state == "42501":
        return StoreError(
            "permission_missing",
            "The database user may not do this.",
            "Grant it CREATE on the database, and have it own the schema `lisa`.",
        )
    # What the server says may quote the data, so only its code is told.
    return StoreError(
        "store_refused",
        f"The database refused a statement (SQLSTATE {state}).",
        "Look this code up in PostgreSQL's documentation, and at the database's log.",
    )
