"""State survives SIGKILL.

Symptom: ministack writes its state when it is told to stop, and never before; a killed process
forgets everything since its start. Even when told to stop it forgets the records of DynamoDB
streams (while their readers' positions are kept, so that the first new records are skipped) and
the sessions of assumed roles. On AWS none of this can be lost.

With PERSIST_STATE=1 each change of a DynamoDB table is journalled before it is answered, and every
other service is saved within moments of a change; one that takes long to save is saved less often.
"""

import threading
from typing import Any

from ministack import app
from ministack.core import persistence
from ministack.core.responses import AccountRegionScopedDict as Scoped
from ministack.services import cloudformation, dynamodb, lambda_svc, stepfunctions, sts

from local.emulator import state_files
from local.emulator.journal import Journal, record, replay
from local.emulator.keeper import Keeper

READS = ("Get", "BatchGet", "TransactGet", "Query", "Scan", "Describe", "List", "Head", "Poll")

_dispatch = app._dispatch_service_request
_load = app._load_persisted_state
_tables_state, _restore_tables = dynamodb.get_state, dynamodb.load_persisted_state
_reset_tables = dynamodb.reset


def _something_goes_on() -> bool:
    executions = list(stepfunctions._executions._data.values())
    stacks = list(cloudformation._stacks._data.values())
    running = any(execution.get("status") == "RUNNING" for execution in executions)
    return running or any(stack["StackStatus"].endswith("_IN_PROGRESS") for stack in stacks)


def _action(headers: dict[str, str], body: bytes, query: dict[str, Any]) -> str:
    if "x-amz-target" in headers:
        return headers["x-amz-target"].rpartition(".")[2]
    if query.get("Action"):
        return str(query["Action"][0])
    _, _, found = body[: state_files.LARGE].partition(b"Action=")
    return found.partition(b"&")[0].decode(errors="replace")


def _is_change(method: str, action: str) -> bool:
    if action:
        return not action.startswith(READS)
    return method not in ("GET", "HEAD", "OPTIONS")


def _note_changes(keeper: Keeper) -> None:
    async def dispatch(*request: Any) -> Any:
        method, _, headers, body, query, _ = request
        try:
            return await _dispatch(*request)
        finally:
            if _is_change(method, _action(headers, body or b"", query)):
                keeper.note_change()

    app._dispatch_service_request = dispatch


class Tables:
    """The state of DynamoDB together with its streams and its journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._first_needed = 0

    def copy(self) -> dict[str, Any]:
        """All tables, and the first journal file that is not in them."""
        with self._journal.lock:
            self._first_needed = self._journal.next_file()
            records = dynamodb._stream_records._data.items()
            trimmed = dynamodb._stream_trimmed._data
            return {
                **_tables_state(),
                "stream_records": Scoped.from_dict({table: list(kept) for table, kept in records}),
                "stream_trimmed": Scoped.from_dict(trimmed),
                "journal": self._first_needed,
            }

    def written(self) -> None:
        """Forget the changes that the file contains now."""
        self._journal.drop_before(self._first_needed)

    def restore(self, data: dict[str, Any]) -> None:
        """The tables as saved; the journal follows when all services are there."""
        _restore_tables(data)
        dynamodb._stream_records.update(data.get("stream_records", {}))
        dynamodb._stream_trimmed.update(data.get("stream_trimmed", {}))
        self._first_needed = data.get("journal", 0)

    def reset(self) -> None:
        """No tables, and nothing that would bring them back."""
        with self._journal.lock:
            _reset_tables()
            self._journal.clear()

    def catch_up(self) -> None:
        """Do what was answered after the tables were saved."""
        replay(self._journal.changes_since(self._first_needed))


def _sessions() -> dict[str, Any]:
    return {"sessions": dict(sts._sessions)}


def _restore_sessions(data: dict[str, Any]) -> None:
    sts._sessions.update(data.get("sessions", {}))


def _keep_reading_positions_in_range() -> None:
    """A position beyond the end of its stream would skip the records still to come."""
    for scope, mapping in list(lambda_svc._esms._data.items()):
        stream = mapping.get("EventSourceArn", "")
        position = lambda_svc._dynamodb_stream_positions._data.get(scope)
        if position is not None and "/stream/" in stream:
            table = stream.split("/stream/")[0].rpartition("/")[2]
            end = dynamodb.stream_end_position(table, account_id=scope[0], region=scope[1])
            lambda_svc._dynamodb_stream_positions._data[scope] = min(position, end)


def _load_and_watch(keeper: Keeper, tables: Tables) -> Any:
    def load() -> None:
        _load()
        tables.catch_up()
        _keep_reading_positions_in_range()
        state_files.forget_orphans()
        threading.Thread(target=keeper.watch, daemon=True, name="state-keeper").start()

    return load


def apply() -> None:
    """Keep state during the run, if it is kept at all."""
    if not persistence.PERSIST_STATE:
        return
    state_files.apply()
    journal = Journal(state_files.folder() / "journal")
    tables = Tables(journal)
    keeper = Keeper(app._build_persistence_save_dict, _something_goes_on)
    keeper.after_writing["dynamodb"] = tables.written
    record(journal)
    dynamodb.get_state, dynamodb.load_persisted_state = tables.copy, tables.restore
    dynamodb.reset = tables.reset
    sts.get_state, sts.load_persisted_state = _sessions, _restore_sessions
    app._load_persisted_state = _load_and_watch(keeper, tables)
    app.save_all = lambda _: keeper.save(everything=True)
    _note_changes(keeper)
