"""What holds for every model, every instance and every wish."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.architecture import Architecture, from_config
from checkpoint.weights import Weights
from planning.fit import fit
from planning.instances import GIB, INSTANCES, Gpu, Instance
from planning.memory import BLOCK, Memory, Subject, cache_need, fits, largest_context
from planning.plan import plan
from planning.view import view
from planning.wish import Settings
from tests.support.planning_fakes import InMemoryAccount
from tests.unit.planning import checkpoints_on_paper as paper
from tests.unit.planning.wishes import wish

TOKENS = st.integers(1, 200_000)
COUNTS = st.integers(1, 40)


@st.composite
def architectures(draw: st.DrawFn) -> Architecture:
    return Architecture(
        kv_heads=draw(st.sampled_from([1, 2, 8, 32])),
        cell=draw(st.sampled_from([128, 256, 576])),
        full_layers=draw(st.integers(0, 40)),
        windowed_layers=draw(COUNTS),
        window=draw(st.integers(1, 8192)),
        latent=draw(st.booleans()),
        context=200_000,
    )


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    weights = Weights("safetensors", 1, draw(st.integers(0, 40)) * GIB // 4, 0)
    sequences = draw(COUNTS)
    container = draw(st.sampled_from(["vllm", "tgi", "llamacpp"]))
    return Subject(container, draw(architectures()), weights, Settings("N", sequences=sequences))


def room(subject: Subject, gib: int) -> Memory:
    return Memory(1, gib * GIB, gib * GIB, subject.weights.bytes, GIB, 4096)


@settings(deadline=None)
@given(subjects(), TOKENS, TOKENS)
def test_a_longer_sequence_never_needs_less(subject: Subject, one: int, other: int) -> None:
    short, long = sorted((one, other))
    on = room(subject, 80)
    assert (cache_need(subject, short, on) or 0) <= (cache_need(subject, long, on) or 0)


@settings(deadline=None)
@given(subjects(), st.integers(1, 100), st.integers(0, 100))
def test_more_memory_never_lowers_the_largest_context(
    subject: Subject, gib: int, more: int
) -> None:
    small, large = room(subject, gib), room(subject, gib + more)
    limit = 200_000
    assert (largest_context(subject, small, limit) or 0) <= (
        largest_context(subject, large, limit) or 0
    )


@settings(deadline=None)
@given(subjects(), st.integers(1, 100))
def test_the_largest_context_fits_and_one_block_more_does_not(subject: Subject, gib: int) -> None:
    on, limit = room(subject, gib), 200_000
    largest = largest_context(subject, on, limit)
    assert largest is not None
    assert largest == 0 or fits(subject, largest, on)
    if largest < limit:
        assert not fits(subject, largest + BLOCK, on)


@pytest.mark.parametrize(
    "instance_type", ["g5.xlarge", "g6e.xlarge", "p4d.24xlarge", "r6i.8xlarge"]
)
def test_what_a_fix_proposes_starts(instance_type: str) -> None:
    files = paper.folder(paper.LLAMA_31_8B | {"max_position_embeddings": 10_000_000})
    asked = wish(instance_type, volume_gib=500)
    found = plan(asked, files, InMemoryAccount())
    assert found.fit.largest
    for tokens, starts in ((found.fit.largest, True), (found.fit.largest + BLOCK, False)):
        again = replace(asked, environment={"VLLM_MAX_MODEL_LEN": str(tokens)})
        assert (plan(again, files, InMemoryAccount()).reason is None) is starts


def test_what_a_candidate_promises_is_so() -> None:
    files = paper.folder(paper.QWEN25_7B | {"num_hidden_layers": 90})
    found = plan(wish(), files, InMemoryAccount())
    assert found.candidates
    for candidate in found.candidates:
        again = wish(candidate.instance_type, environment=candidate.changes)
        assert plan(again, files, InMemoryAccount()).starts


@settings(deadline=None)
@given(st.integers(1_000, 200_000), st.integers(0, 100_000))
def test_a_larger_gpu_never_serves_less(memory_mib: int, more: int) -> None:
    weights = Weights("safetensors", 1, 16_060_522_496, 0)
    subject = Subject("tgi", from_config(paper.LLAMA_31_8B), weights, Settings("MAX_TOTAL_TOKENS"))
    small, large = (
        fit(subject, Instance(8, 32, 1, Gpu("GPU", size, 90)), 1, 500).largest or 0
        for size in (memory_mib, memory_mib + more)
    )
    assert small <= large


def test_every_known_instance_gets_a_plan() -> None:
    files = paper.folder(paper.LLAMA_32_1B)
    for name in INSTANCES:
        found = plan(wish(name), files, InMemoryAccount())
        assert view(found)["instance"]["instanceType"] == name
        assert found.starts is not False or found.reason is not None
