"""Which trace a request belongs to, whether it is recorded, and what upstreams are told."""

import pytest

from gateway.tracing.context import Sampler, amazon, begin, w3c
from tests.unit.gateway.builders import trace

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SAMPLED, UNSAMPLED = f"00-{TRACE}-{SPAN}-01", f"00-{TRACE}-{SPAN}-00"
ROOT = "Root=1-67891233-abcdef012345678912345678"
ROOT_ID = "67891233abcdef012345678912345678"


def test_a_request_without_a_trace_begins_one_that_x_ray_takes() -> None:
    one, other = trace(), trace()
    assert one.trace_id.startswith(f"{1_700_000_000:08x}")
    assert (len(one.trace_id), len(one.span_id), one.parent_id) == (32, 16, "")
    assert one.trace_id != other.trace_id
    assert one.span_id != other.span_id
    assert one.request_id.startswith("req_")


def test_a_callers_trace_comes_before_the_balancers_which_stays_known() -> None:
    given = trace(traceparent=SAMPLED, x_amzn_trace_id=ROOT)
    assert (given.trace_id, given.parent_id, given.balancer) == (TRACE, SPAN, ROOT_ID)
    balanced = trace(x_amzn_trace_id=ROOT)
    assert (balanced.trace_id, balanced.parent_id, balanced.balancer) == (ROOT_ID, "", "")


@pytest.mark.parametrize(
    "malformed",
    [
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"00-{TRACE}-{SPAN}-0",
        f"01-{TRACE}-{SPAN}-01more",
        f"{SAMPLED}\n",
        "",
    ],
)
def test_a_malformed_traceparent_is_no_trace(malformed: str) -> None:
    assert w3c(malformed.encode()) is None
    assert trace(traceparent=malformed, tracestate="a=b").trace_id != TRACE


def test_a_later_version_of_traceparent_may_say_more() -> None:
    origin = w3c(f"cc-{TRACE}-{SPAN}-01-what-the-future-brings".encode())
    assert origin == (TRACE, SPAN, True)


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        (ROOT, (ROOT_ID, "", None)),
        (f"Self=1-67891234-{'a' * 24};{ROOT}", (ROOT_ID, "", None)),
        (f"{ROOT};Parent={SPAN};Sampled=1", (ROOT_ID, SPAN, True)),
        (f"{ROOT};Parent={SPAN};Sampled=0", (ROOT_ID, SPAN, False)),
        (f"{ROOT};Parent=short;Sampled=?", (ROOT_ID, "", None)),
        (f"{ROOT}0", None),
        ("Root=2-67891233-abcdef012345678912345678", None),
    ],
)
def test_the_balancers_header_is_read(said: str, understood: tuple[str, str, bool | None]) -> None:
    assert amazon(said.encode()) == understood


def test_a_header_that_is_too_long_is_not_read() -> None:
    assert trace(x_amzn_trace_id=f"{ROOT};{'x' * 600}").trace_id != ROOT_ID


@pytest.mark.parametrize(("flags", "recorded"), [("01", True), ("00", False), ("03", True)])
def test_the_callers_decision_is_ours(flags: str, recorded: bool) -> None:
    decided = trace(recorded=not recorded, traceparent=f"00-{TRACE}-{SPAN}-{flags}")
    assert decided.recorded is recorded


def test_the_dice_decide_for_the_share_that_was_asked_for() -> None:
    sampler = Sampler(0.25, most_per_second=10_000)
    rolled = [sampler.decide(None, dice << 24, 0) for dice in range(256)]
    assert rolled.count(True) == 64
    assert not any(Sampler(0.0).decide(None, dice, 0) for dice in (0, 1, 2**32 - 1))
    assert Sampler(1.0).decide(None, 2**32 - 1, 0)


def test_a_caller_who_wants_everything_recorded_has_a_budget_for_each_second() -> None:
    sampler = Sampler(0.0, most_per_second=3)
    assert [sampler.decide(True, 0, second=7) for _ in range(5)] == [True] * 3 + [False] * 2
    assert sampler.decide(True, 0, second=8)


def test_an_upstream_is_told_of_the_very_attempt() -> None:
    ours = trace(traceparent=SAMPLED, tracestate="vendor=1")
    first, second = ours.attempt("m1", "openai", 100.1), ours.attempt("m1", "openai", 100.2)
    assert first.span_id != second.span_id
    assert ours.lines(first).decode() == (
        f"traceparent: 00-{TRACE}-{first.span_id}-01\r\n"
        f"x-amzn-trace-id: Root=1-{TRACE[:8]}-{TRACE[8:]};Parent={first.span_id};Sampled=1\r\n"
        "tracestate: vendor=1\r\n"
    )


def test_where_nothing_is_recorded_an_upstream_is_the_child_of_the_caller() -> None:
    off = begin([(b"traceparent", SAMPLED.encode())], Sampler(0.0, 0), at=0.0, began=0.0)
    assert not off.recorded
    line = off.lines(off.attempt("m1", "openai", 0.0)).splitlines()[0]
    assert line == f"traceparent: {SAMPLED}".encode()


def test_an_unrecorded_request_tells_its_upstream_so() -> None:
    ours = trace(recorded=False)
    line = ours.lines(ours.attempt("m1", "openai", 0.0)).splitlines()[0]
    assert line == f"traceparent: 00-{ours.trace_id}-{ours.span_id}-00".encode()


@pytest.mark.parametrize(
    "good", ["my-request:1", "a" * 128, "6ba7b810-9dad-11d1-80b4-00c04fd430c8"]
)
def test_a_callers_request_id_is_kept_if_it_is_one(good: str) -> None:
    assert trace(x_request_id=good).request_id == good


@pytest.mark.parametrize(
    "bad", ["short", "a" * 129, "with space", 'quote"quote', "\u00e9clair-1", ""]
)
def test_any_other_request_id_is_replaced(bad: str) -> None:
    assert trace(x_request_id=bad).request_id.startswith("req_")
