"""Functions read DynamoDB streams by the rules of their event source mapping.

Symptoms: `ReportBatchItemFailures` is ignored (a record reported as failed is lost), so are
`MaximumRetryAttempts`, `BisectBatchOnFunctionError` and with them the OnFailure destination (a
record that always fails blocks its stream for ever), and one slow function holds up the streams of
all others. On AWS each mapping has its own reader and these settings decide what is retried.
"""

import time
from dataclasses import dataclass
from typing import Any

from ministack.core import responses
from ministack.services import dynamodb, lambda_svc

Record = dict[str, Any]

LONGEST_REST = 5.0


@dataclass
class Trouble:
    """What is known about the records that a mapping cannot get past."""

    position: int = -1
    failures: int = 0
    batch_limit: int = 0  # 0: as large as configured


_troubles: dict[str, Trouble] = {}


def _stream_of(mapping: Record) -> str | None:
    """The table of a mapping that reads the current stream of a table."""
    arn = str(mapping.get("EventSourceArn", ""))
    table = arn.partition("/stream/")[0].rpartition("/")[2]
    known = ":dynamodb:" in arn and dynamodb._tables.get(table)
    return table if known and known.get("LatestStreamArn") == arn else None


def _position(mapping: Record, table: str) -> int:
    starting = mapping.get("StartingPosition", "LATEST")
    lambda_svc._init_stream_position(mapping["UUID"], mapping["EventSourceArn"], starting)
    saved = int(lambda_svc._dynamodb_stream_positions[mapping["UUID"]])
    return max(saved, int(dynamodb.stream_start_position(table)))


def _advance(mapping: Record, position: int) -> None:
    with lambda_svc._dynamodb_stream_positions_lock:
        lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = position


def _count_done(mapping: Record, batch: list[Record], result: Record) -> int:
    """How many records of the batch need not be given to the function again."""
    if result.get("error"):
        return 0
    answer = result.get("body")
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []):
        return len(batch)
    failures = (answer.get("batchItemFailures") or []) if isinstance(answer, dict) else []
    failed = {failure.get("itemIdentifier") for failure in failures}
    if not failed:
        return len(batch)
    numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
    return min((index for index, number in enumerate(numbers) if number in failed), default=0)


def _is_hopeless(mapping: Record, trouble: Trouble, batch: list[Record]) -> str | None:
    """The condition under which AWS gives up on these records, if one is met."""
    attempts = mapping.get("MaximumRetryAttempts")
    if attempts is not None and 0 <= int(attempts) < trouble.failures:
        return "RetryAttemptsExhausted"
    age = mapping.get("MaximumRecordAgeInSeconds")
    oldest = batch[0]["dynamodb"].get("ApproximateCreationDateTime", time.time())
    return "MaxRecordAgeExceeded" if age and 0 < int(age) < time.time() - float(oldest) else None


def _retry(mapping: Record, trouble: Trouble, left: list[Record], position: int) -> None:
    if mapping.get("BisectBatchOnFunctionError") and len(left) > 1:
        trouble.batch_limit = (len(left) + 1) // 2
        return
    trouble.failures = trouble.failures + 1 if trouble.position == position else 1
    trouble.position = position
    rest = min(LONGEST_REST, 0.1 * 2**trouble.failures)
    lambda_svc._esm_backoff_until[mapping["UUID"]] = time.time() + rest


def _read(mapping: Record, function: Record, table: str) -> None:
    """Give the next batch to the function and move on as far as it succeeded."""
    trouble = _troubles.setdefault(mapping["UUID"], Trouble())
    position = _position(mapping, table)
    size = trouble.batch_limit or int(mapping.get("BatchSize") or 100)
    batch = dynamodb.stream_records_since(table, position, size)
    wanted = lambda_svc._apply_filter_criteria(batch, mapping)
    result = lambda_svc._execute_function(function, {"Records": wanted}) if wanted else {}
    done = _count_done(mapping, batch, result)
    _advance(mapping, position + done)
    left = batch[done:]
    mapping["LastProcessingResult"] = "FAILED" if left else f"OK - {len(wanted)} records"
    if not left:
        _troubles.pop(mapping["UUID"], None)
        return
    _retry(mapping, trouble, left, position + done)
    if condition := _is_hopeless(mapping, trouble, left):
        arn = mapping["EventSourceArn"]
        lambda_svc._send_ddb_stream_failure_record(mapping, function, left, arn, result, condition)
        _advance(mapping, position + len(batch))
        _troubles.pop(mapping["UUID"], None)


def _is_due(mapping: Record) -> bool:
    mapping_id = mapping["UUID"]
    resting = lambda_svc._esm_backoff_until.get(mapping_id, 0) > time.time()
    return bool(mapping.get("Enabled", True)) and not (
        resting or lambda_svc._esm_inflight.get(mapping_id)
    )


def _read_if_due(mapping: Record) -> None:
    table = _stream_of(mapping) if _is_due(mapping) else None
    if table is None or dynamodb.stream_end_position(table) <= _position(mapping, table):
        return
    name, qualifier = mapping["FunctionName"], mapping.get("Qualifier")
    function, _ = lambda_svc._get_func_record_for_qualifier(name, qualifier)
    if function is not None:
        lambda_svc._dispatch_esm_batch(mapping["UUID"], _read, mapping, function, table)


def _poll() -> bool:
    """Start a reader for each mapping that has something to read; they wake the poller again."""
    for account, region, mapping in lambda_svc._iter_all_esms():
        account_token = responses._request_account_id.set(account)
        region_token = responses._request_region.set(region)
        try:
            _read_if_due(mapping)
        finally:
            responses._request_account_id.reset(account_token)
            responses._request_region.reset(region_token)
    return False


def apply() -> None:
    """Replace the poller of DynamoDB streams."""
    lambda_svc._poll_dynamodb_streams = _poll
