"""What an edge worker counts, and how its counts and those of others become one."""

import subprocess
from pathlib import Path

import pytest

from gateway.metrics.counters import MOST_LABELS, MOST_MODELS, Counters
from gateway.metrics.processes import birth
from gateway.metrics.sharing import RETIRED, Pool, Publisher, write
from gateway.tracing.context import Attempt
from gateway.usage.record import Tokens
from tests.unit.gateway.builders import record

GOOD = Attempt("m1", "openai", "0" * 16, 0.0, answered=0.1, status=200)


@pytest.fixture
def counters() -> Counters:
    return Counters()


def test_a_request_is_counted_by_model_operation_and_status(counters: Counters) -> None:
    counters.ended(record(), [GOOD], {"m1"})
    counters.ended(record(), [GOOD], {"m1"})
    counters.ended(record(status=400), [GOOD], {"m1"})
    totals = counters.totals()
    assert totals["requests", "m1", "chat/completions", "200"] == 2
    assert totals["requests", "m1", "chat/completions", "400"] == 1


def test_tokens_are_counted_by_kind_and_none_where_none_was_told(counters: Counters) -> None:
    counters.ended(record(tokens=Tokens(10, 21, 4)), [GOOD], {"m1"})
    counters.ended(record(tokens=Tokens()), [GOOD], {"m1"})
    counters.ended(record(tokens=Tokens(prompt=5)), [GOOD], {"m1"})
    kinds = {key[2]: count for key, count in counters.totals().items() if key[0] == "tokens"}
    assert kinds == {"prompt": 15, "completion": 21, "cached": 4}


def test_durations_fall_into_the_bucket_whose_bound_they_do_not_pass(counters: Counters) -> None:
    for milliseconds in (10.0, 10.1, 327_680.0, 400_000.0):
        counters.ended(record(milliseconds=milliseconds, first_token=None), [GOOD], {"m1"})
    buckets = {
        key[2]: count
        for key, count in counters.totals().items()
        if key[0] == "request_duration_seconds"
    }
    assert buckets.pop("sum") == pytest.approx(727.7001)
    assert buckets == {"0.01": 1, "0.02": 1, "327.68": 1, "+Inf": 1}


def test_the_time_per_token_is_that_between_the_first_and_the_last(counters: Counters) -> None:
    counters.ended(record(), [GOOD], {"m1"})
    totals = counters.totals()
    assert totals["time_to_first_token_seconds", "m1", "sum"] == 0.5
    assert totals["time_per_output_token_seconds", "m1", "sum"] == pytest.approx(1.0 / 20)


@pytest.mark.parametrize("tokens", [Tokens(5, 1), Tokens(5, None)])
def test_a_single_token_has_no_time_between_tokens(counters: Counters, tokens: Tokens) -> None:
    counters.ended(record(tokens=tokens), [GOOD], {"m1"})
    assert not [key for key in counters.totals() if key[0].startswith("time_per")]


def test_names_that_callers_think_of_make_no_series(counters: Counters) -> None:
    for number in range(1000):
        counters.ended(record(model=f"guess-{number}", status=404), [], {"m1"})
    assert {key[1] for key in counters.totals()} == {"unknown"}


def test_a_registry_beyond_all_bounds_makes_bounded_series(counters: Counters) -> None:
    models = {f"m{number}" for number in range(MOST_MODELS + 50)}
    for model in models:
        counters.ended(record(model=model), [GOOD], models)
    assert len({key[1] for key in counters.totals()}) <= MOST_MODELS + 1


def test_retries_fallbacks_and_their_causes_are_counted(counters: Counters) -> None:
    refused = Attempt("m1", "openai", "0" * 16, 0.0, ended=0.1, cause="unreachable")
    busy = Attempt("m1", "openai", "0" * 16, 0.1, answered=0.2, status=503)
    other = Attempt("m2", "bedrock", "0" * 16, 0.2, answered=0.3, status=200)
    counters.ended(record(served="m2"), [refused, busy, other], {"m1", "m2"})
    totals = counters.totals()
    assert (totals["retries", "m1"], totals["fallbacks", "m1"]) == (2, 1)
    assert totals["upstream_failures", "m1", "unreachable"] == 1
    assert totals["upstream_failures", "m1", "503"] == 1


def test_a_good_request_is_neither_retried_nor_failed(counters: Counters) -> None:
    counters.ended(record(), [GOOD], {"m1"})
    assert {key[0] for key in counters.totals()}.isdisjoint(
        {"retries", "fallbacks", "upstream_failures"}
    )


def test_refusals_are_counted_by_code_and_bounded(counters: Counters) -> None:
    counters.refused("invalid_api_key")
    counters.refused("invalid_api_key")
    for number in range(2 * MOST_LABELS):
        counters.refused(f"code-{number}")
    totals = counters.totals()
    assert totals["refusals", "invalid_api_key"] == 2
    assert len(totals) == MOST_LABELS + 1
    assert totals["refusals", "other"] == MOST_LABELS + 1


def counted(model: str, times: int) -> Counters:
    counters = Counters()
    for _ in range(times):
        counters.ended(record(model=model), [GOOD], {model})
    return counters


KEY = ("requests", "m1", "chat/completions", "200")


def test_the_living_and_the_dead_are_summed_and_nothing_goes_back(tmp_path: Path) -> None:
    ours = counted("m1", 2)
    ours.in_flight = 3
    Publisher(tmp_path, ours).publish()
    with subprocess.Popen(["/bin/sleep", "60"]) as worker:
        born = birth(worker.pid)
        file = tmp_path / f"{worker.pid}-{born}.json"
        write(file, counted("m1", 5).totals(), in_flight=4)
        pool = Pool(tmp_path)
        assert (pool.read().totals[KEY], pool.read().in_flight) == (7, 7)
        worker.kill()
    after = pool.read()
    assert (after.totals[KEY], after.in_flight) == (7, 3)
    assert not file.exists()
    assert Pool(tmp_path).read().totals[KEY] == 7


def test_a_dead_worker_that_was_summed_but_not_removed_counts_once(tmp_path: Path) -> None:
    dead = tmp_path / "1-5.json"
    write(dead, counted("m1", 5).totals())
    write(tmp_path / RETIRED, counted("m1", 5).totals(), files=[dead.name])
    assert Pool(tmp_path).read().totals[KEY] == 5


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"other": 1}'])
def test_a_file_of_another_version_counts_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "1-5.json").write_bytes(content)
    (tmp_path / RETIRED).write_bytes(content)
    assert Pool(tmp_path).read().totals == {}


def test_a_number_that_was_given_to_another_process_is_not_our_worker(tmp_path: Path) -> None:
    with subprocess.Popen(["/bin/sleep", "60"]) as stranger:
        path = tmp_path / f"{stranger.pid}-{birth(stranger.pid) - 1}.json"
        write(path, counted("m1", 1).totals(), in_flight=9)
        assert Pool(tmp_path).read().in_flight == 0
        stranger.kill()
